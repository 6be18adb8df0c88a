/** How many pieces of an item came back. */
const RETURNED = {
  $sum: {
    $map: {
      input: { $objectToArray: '$$order.refunded' },
      as: 'back',
      in: { $cond: [{ $eq: ['$$back.k', '$$item.sku'] }, '$$back.v', 0] },
    },
  },
};

/** Whether all pieces of an order came back, one refund after the other. */
const ALL_CAME_BACK = {
  $cond: [
    { $and: [{ $eq: [{ $type: '$$order.refunded' }, 'object'] }, { $ne: ['$$order.items', []] }] },
    {
      $allElementsTrue: {
        $map: { input: '$$order.items', as: 'item', in: { $gte: [RETURNED, '$$item.quantity'] } },
      },
    },
    false,
  ],
};

/** Whether `$$order` counts, in an aggregation: the same rule as `isNet` of `domain/orders.ts`. */
export const IS_NET = {
  $and: [
    '$$order.placed',
    { $ne: ['$$order.cancelled', true] },
    { $ne: ['$$order.refunded', 'whole'] },
    { $not: ALL_CAME_BACK },
  ],
};
