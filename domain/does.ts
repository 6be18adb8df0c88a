import type { Does, Touch } from './playbook.ts';

/** What a touch does in the place of a mail; undefined: it is a mail. */
export function whatItDoes({ does, by }: Pick<Touch, 'does' | 'by'>): Does | undefined {
  return does ?? (by === 'team' ? 'team-task' : undefined);
}
