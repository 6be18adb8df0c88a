import type { Does, Touch } from './playbook.ts';

/** What a touch does in the place of a mail; undefined: it is a mail. */
export function whatItDoes({ does, by }: Touch): Does | undefined {
  return does ?? (by === 'team' ? 'team-task' : undefined);
}
