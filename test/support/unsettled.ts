import type { ApiDeps } from '../../api/deps.ts';
import type { Send } from '../../data/sends.ts';
import { FateKnown } from '../../domain/by-hand.ts';

type Unsettled = Pick<ApiDeps, 'unsettledSends' | 'failedSends'>;

/** The mails of a world whose fate is unknown, and what people decide of them. */
export function fakeUnsettled(sends: readonly Send[]): Unsettled {
  const decided = new Set<string>();
  const unknown = () => sends.filter(({ _id, state }) => state === 'unknown' && !decided.has(_id));
  const decide = async (key: string) => {
    if (!unknown().some(({ _id }) => _id === key)) throw new FateKnown();
    decided.add(key);
  };
  return {
    unsettledSends: {
      list: async ({ after }, limit) =>
        unknown()
          .filter(({ due }) => !after || due < after.at)
          .slice(0, limit),
      count: async () => unknown().length,
      settle: decide,
      release: decide,
    },
    failedSends: {
      list: async () => ({ rows: [], next: undefined }),
      count: async () => 0,
      find: async () => undefined,
      causeOf: async () => undefined,
      note: async () => {},
    },
  };
}
