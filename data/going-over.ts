import type { Playbook } from '../domain/playbook.ts';
import { type JourneyReplanned, replanned } from '../domain/publishing.ts';
import { countsOf, NO_COUNTS, type PublishingCounts, sumOf } from '../domain/publishing-counts.ts';
import { type Insider, inside } from './inside.ts';
import { playbooks } from './playbooks.ts';

/** How many people are looked at, at a time. */
const PAGE = 200;

/** The clock's reading, epoch milliseconds, and how late it may be; endless in a time-lapse. */
export type Moment = { readonly now: number; readonly grace: number };

/** How far a preview has come. */
export type Preview = {
  readonly seen: number;
  readonly of: number;
  readonly counts: PublishingCounts;
};

/**
 * Tells what a newer version makes of people's journeys, a page at a time. It writes nothing.
 *
 * @param next the newer version, as it is to be published
 */
export function createReplanner(next: Playbook) {
  const versions = new Map<number, Promise<Playbook>>();

  /** The version an agenda was planned with; a version never changes. */
  function planned(version: number): Promise<Playbook> {
    const known = versions.get(version) ?? playbooks.version(version).then((found) => found ?? next);
    versions.set(version, known);
    return known;
  }

  return function replan(page: readonly Insider[], moment: Moment): Promise<readonly JourneyReplanned[]> {
    return Promise.all(
      page.map(async (one) => {
        const known = { ...one, ...moment, playbook: next, outcomes: [] };
        return replanned(known, await planned(one.journey.playbook));
      }),
    );
  };
}

/** Counts what publishing would do to everybody inside; each answer is further than the one before, the last is all. */
export async function* previewOf(next: Playbook, moment: Moment): AsyncGenerator<Preview> {
  const replan = createReplanner(next);
  const of = await inside.count();
  let preview: Preview = { seen: 0, of, counts: NO_COUNTS };
  for (let after = ''; ; ) {
    const page = await inside.page(after, PAGE);
    const last = page.at(-1);
    if (!last) break;

    after = last.customer.id;
    const counts = sumOf(preview.counts, countsOf(await replan(page, moment)));
    preview = { seen: preview.seen + page.length, of, counts };
    yield preview;
  }
  yield { ...preview, of: preview.seen };
}
