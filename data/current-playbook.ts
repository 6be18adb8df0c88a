import type { Playbook } from '../domain/playbook.ts';
import { playbooks } from './playbooks.ts';

/** How long a version is taken for the current one without asking: a newly published one rules after so long. */
const FRESH_MS = 1_000;

/** Thrown when no playbook has been published yet. */
class NoPlaybook extends Error {
  override readonly name = 'NoPlaybook';

  constructor() {
    super('no playbook is published yet: rapport playbook publish playbooks/default.yaml');
  }
}

/**
 * Answers the playbook in force.
 *
 * @param atLeast a version known to be published; without it MongoDB is asked at most once a second
 */
export type CurrentPlaybook = (atLeast?: number) => Promise<Playbook>;

/** Answers the playbook in force, asking MongoDB at most once a second, or when a newer one is known to be. */
export function createCurrentPlaybook(): CurrentPlaybook {
  let known: { readonly playbook: Promise<Playbook>; readonly since: number } | undefined;

  async function ask(): Promise<Playbook> {
    const playbook = await playbooks.current();
    if (!playbook) throw new NoPlaybook();
    return playbook;
  }

  return async function current(atLeast = 0) {
    if (known && performance.now() - known.since < FRESH_MS) {
      const playbook = await known.playbook;
      if (playbook.version >= atLeast) return playbook;
    }

    const asked = { playbook: ask(), since: performance.now() };
    known = asked;
    asked.playbook.catch(() => {
      if (known === asked) known = undefined; // the next one asks again
    });
    return asked.playbook;
  };
}
