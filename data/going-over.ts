import type { Playbook } from '../domain/playbook.ts';
import { type JourneyReplanned, replanned } from '../domain/publishing.ts';
import { countsOf, NO_COUNTS, type PublishingCounts, sumOf } from '../domain/publishing-counts.ts';
import { type Insider, inside } from './inside.ts';
import { playbooks } from './playbooks.ts';
import { sending } from './sending.ts';

/** How many people are looked at, at a time. */
const PAGE = 200;

/** The clock by which journeys are looked at. */
export type Moment = {
  /** Its reading, epoch milliseconds. */
  readonly now: number;
  /** How late it may be; endless in a time-lapse. */
  readonly grace: number;
  /** Its milliseconds of one on the wall. */
  readonly speed: number;
};

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

  return async function replan(
    page: readonly Insider[],
    { now, grace, speed }: Moment,
  ): Promise<readonly JourneyReplanned[]> {
    const { spreadMs, ...state } = await sending.current();
    const stopped = { sending: { ...state, spreadMs: spreadMs * speed } };
    return Promise.all(
      page.map(async (one) => {
        const given = { now, grace, playbook: next, outcomes: [], ...(one.journey.stopped && stopped) };
        return replanned({ ...one, ...given }, await planned(one.journey.playbook));
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
