import type { z } from 'zod';
import type { Version } from '../data/playbooks.ts';
import { NO_COUNTS, type PublishingCounts } from '../domain/publishing-counts.ts';
import { tellingOf } from '../domain/waking.ts';
import type { CountsAnswer, VersionAnswer } from './playbook-answers.ts';

/** How a version stands among the others. */
export type Standing = { readonly newest: number; readonly pending: number };

/** A version as the API tells it. */
export function versionAnswer(
  { version, publishedAt, by, restores, waking }: Version,
  { newest, pending }: Standing,
): z.input<typeof VersionAnswer> {
  return {
    version,
    current: version === newest,
    publishedAt: publishedAt?.toISOString() ?? null,
    by: by ?? null,
    restores: restores ?? null,
    telling: tellingOf(waking, { pending, isNewest: version === newest }),
    counts: countsAnswer(waking?.counts ?? NO_COUNTS),
  };
}

/** Counts as the API tells them: moments in RFC 3339. */
export function countsAnswer({
  journeys,
  wakes,
  touches,
  moves,
}: PublishingCounts): z.input<typeof CountsAnswer> {
  return {
    journeys,
    wakes,
    touches: touches.map(({ examples, ...counts }) => ({
      ...counts,
      examples: examples.map(({ customerId, occasion, became, from, to }) => {
        return { customerId, occasion, became, from: instant(from), to: instant(to) };
      }),
    })),
    moves: moves.map(({ examples, ...move }) => ({ ...move, examples: [...examples] })),
  };
}

function instant(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
