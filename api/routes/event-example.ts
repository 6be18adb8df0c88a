/** A purchase as a shop posts it. */
export const EXAMPLE = {
  id: 'o-1001',
  source: 'shop',
  type: 'purchase',
  at: '2026-11-22T10:00:00Z',
  customer: {
    id: 'c-17',
    email: 'an@example.com',
    name: { first: 'An', last: 'Vos' },
    locale: 'nl',
    timeZone: 'Europe/Amsterdam',
    metThrough: { channel: 'word-of-mouth' },
  },
  consent: [{ topic: 'news', basis: 'consent', wording: 'Yes, send me news' }],
  data: {
    orderId: 'o-1001',
    total: 2933,
    currency: 'EUR',
    items: [{ sku: 'cd-17', name: 'Kind of Blue', category: 'jazz', quantity: 2, price: 1466 }],
  },
};
