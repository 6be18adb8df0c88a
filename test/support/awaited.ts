import type { ApiDeps } from '../../api/deps.ts';
import type { Awaited } from '../../data/awaited.ts';

/** What waits for its order, in memory. */
export function fakeAwaited(): ApiDeps['awaited'] {
  const kept = new Map<string, Awaited & { readonly order: string }>();
  return {
    async keep(order, events) {
      const one = { id: `${events[0]?.id}`, order, events };
      kept.set(one.id, one);
      return one;
    },
    ofOrder: async (order) => [...kept.values()].filter((one) => one.order === order),
    drop: async (id) => void kept.delete(id),
  };
}
