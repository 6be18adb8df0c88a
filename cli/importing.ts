import type { KeptMany } from '../data/keep-many.ts';
import { readLines } from '../domain/import-lines.ts';
import type { ImportContext, SuppressionTold } from '../domain/import-row.ts';
import type { Incoming } from '../domain/incoming.ts';
import { type Group, groupsOf, type KnownFile } from './import-groups.ts';
import { RejectedRows } from './rejected-rows.ts';

/** What became of one file: rows are lines of the file, the first apart. */
export type Imported = {
  readonly file: string;
  readonly format: string;
  readonly rows: number;
  /** What the rows told that was not known before; of a dry run, all that they tell. */
  readonly news: number;
  /** What they told that had been imported before. */
  readonly known: number;
  /** Rows of orders that were never placed. */
  readonly passedOver: number;
  /** Rows of people who are subscribed there, whose consent was not taken over as no topics were named. */
  readonly withoutTopics: number;
  readonly rejected: number;
  /** The file that tells which, why, and how to mend them. */
  readonly report?: string;
};

export type ImportDeps = {
  readonly receiveHistory: (events: readonly Incoming[]) => Promise<KeptMany>;
  /** Returns how many were not suppressed before. */
  readonly suppress: (suppressions: readonly SuppressionTold[]) => Promise<number>;
};

/** How many events are kept in one transaction. */
const PORTION = 500;

type Counts = { rows: number; news: number; known: number; passedOver: number; withoutTopics: number };

/**
 * Imports one file. What is right is kept, portion by portion; what is wrong is told in a file beside it.
 *
 * Killed or failed half-way, import it again: what was kept is known by then.
 *
 * @param onProgress how far it has read, 0–1, and how many rows
 */
export async function importFile(
  file: KnownFile,
  context: ImportContext,
  deps: ImportDeps,
  onProgress: (share: number, rows: number) => void,
): Promise<Imported> {
  const counts: Counts = { rows: 0, news: 0, known: 0, passedOver: 0, withoutTopics: 0 };
  const rejected = await RejectedRows.of(file.path, file.format);
  const portion = new Portion(deps, counts);
  let share = 0;
  for await (const group of groupsOf(file, (bytes) => (share = bytes / file.size))) {
    counts.rows += group.lines.length;
    await take(group, { file, context, rejected, portion, counts });
    onProgress(share, counts.rows);
  }
  await portion.flush();
  await rejected.close();
  const report = rejected.count > 0 && { report: rejected.path };
  return { file: file.path, format: file.format.name, ...counts, rejected: rejected.count, ...report };
}

type Desk = {
  readonly file: KnownFile;
  readonly context: ImportContext;
  readonly rejected: RejectedRows;
  readonly portion: Portion;
  readonly counts: Counts;
};

async function take({ lines, problems }: Group, desk: Desk): Promise<void> {
  const { file, context, rejected, portion, counts } = desk;
  const read =
    problems.length > 0
      ? { kind: 'rejected' as const, problems }
      : readLines(file.format.kind, lines, context);
  switch (read.kind) {
    case 'rejected':
      return rejected.add(
        lines.map(({ line }) => line),
        read.problems,
      );
    case 'passed-over':
      counts.passedOver += lines.length;
      return;
    case 'read':
      if (lines[0]?.row.subscribed !== undefined && context.topics.length === 0) counts.withoutTopics += 1;
      return portion.add(read.events, read.suppressions);
  }
}

/** What is to be kept at once: what silences before all else. */
class Portion {
  readonly #deps: ImportDeps;
  readonly #counts: Counts;
  #events: Incoming[] = [];
  #suppressions: SuppressionTold[] = [];

  constructor(deps: ImportDeps, counts: Counts) {
    this.#deps = deps;
    this.#counts = counts;
  }

  async add(events: readonly Incoming[], suppressions: readonly SuppressionTold[]): Promise<void> {
    this.#events.push(...events);
    this.#suppressions.push(...suppressions);
    if (this.#events.length + this.#suppressions.length >= PORTION) await this.flush();
  }

  async flush(): Promise<void> {
    const [events, suppressions] = [this.#events, this.#suppressions];
    [this.#events, this.#suppressions] = [[], []];
    if (suppressions.length > 0) {
      const added = await this.#deps.suppress(suppressions);
      this.#counts.news += added;
      this.#counts.known += suppressions.length - added;
    }
    if (events.length === 0) return;
    const { kept, duplicates } = await this.#deps.receiveHistory(events);
    this.#counts.news += kept;
    this.#counts.known += duplicates;
  }
}
