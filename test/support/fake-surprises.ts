import type { ApiDeps } from '../../api/deps.ts';

/** A shop that has given nothing yet. */
export function fakeSurprises(): Pick<ApiDeps, 'grants' | 'chosen' | 'surpriseFigures' | 'couponPools'> {
  return {
    grants: { list: async () => [], ofCustomer: async () => [] },
    chosen: { progress: async () => undefined, already: async () => new Set() },
    surpriseFigures: { counts: async () => new Map(), spent: async () => new Map() },
    couponPools: {
      find: async () => undefined,
      upload: async (_pool, codes) => ({
        ...{ added: codes.length, duplicates: [], total: codes.length, left: codes.length },
      }),
    },
  };
}
