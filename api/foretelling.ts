import type { z } from 'zod';
import type { Preview } from '../data/going-over.ts';
import type { Publishing as How } from '../data/playbooks.ts';
import { nextVersion } from '../domain/publishing.ts';
import { NO_COUNTS } from '../domain/publishing-counts.ts';
import type { ApiDeps } from './deps.ts';
import { countsAnswer } from './playbook-answer.ts';
import type { PreviewAnswer } from './playbook-answers.ts';
import { Problem } from './problem.ts';
import { soundOrRefused } from './publishing-request.ts';

type Foretold = z.input<typeof PreviewAnswer>;

/** A preview that has begun: nothing of it is refused any more. */
export type Foretelling = {
  readonly about: Omit<Foretold, 'counts'>;
  readonly pages: AsyncIterable<Preview>;
};

/**
 * Begins to count what publishing a text would do to the people inside.
 *
 * @throws Problem 422 for what is wrong with it, 409 when another version is in force than the one it is made against
 */
export async function foretell(
  { playbooks, publishing }: Pick<ApiDeps, 'playbooks' | 'publishing'>,
  yaml: string,
  { addEntering = [], ifVersion }: How,
): Promise<Foretelling> {
  const found = await publishing.check(yaml);
  const { playbook } = soundOrRefused(found, addEntering);
  const current = await playbooks.current();
  const against = current?.version ?? 0;
  if (ifVersion !== undefined && ifVersion !== against) throw overtakenBy(against);

  const next = nextVersion(playbook, current, addEntering);
  return {
    about: { against, version: next.version, warnings: [...found.warnings] },
    pages: publishing.preview(next),
  };
}

/** The preview, when all is counted. */
export async function whole({ about, pages }: Foretelling): Promise<Foretold> {
  let counts = NO_COUNTS;
  for await (const page of pages) counts = page.counts;
  return { ...about, counts: countsAnswer(counts) };
}

/** How far it is, a line of JSON a page; the last line is the preview. */
export async function* linesOf({ about, pages }: Foretelling): AsyncGenerator<string> {
  let counts = NO_COUNTS;
  for await (const page of pages) {
    counts = page.counts;
    yield `${JSON.stringify({ seen: page.seen, of: page.of })}\n`;
  }
  yield `${JSON.stringify({ ...about, counts: countsAnswer(counts) })}\n`;
}

/** A refusal of what was looked at before another version came. */
export function overtakenBy(current: number): Problem {
  return new Problem(409, `version ${current} is in force now; look at a new preview first`);
}
