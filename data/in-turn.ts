/**
 * Makes work that shares a key run one after the other, in the order it was asked for.
 *
 * It only spares MongoDB the conflicts between requests of this process: nothing rests on it.
 */
export function createTurns() {
  const last = new Map<string, Promise<unknown>>();

  return async function inTurn<Result>(
    keys: readonly string[],
    work: () => Promise<Result>,
  ): Promise<Result> {
    const turn = Promise.allSettled(keys.map((key) => last.get(key))).then(work);
    for (const key of keys) last.set(key, turn);
    try {
      return await turn;
    } finally {
      for (const key of keys) if (last.get(key) === turn) last.delete(key);
    }
  };
}
