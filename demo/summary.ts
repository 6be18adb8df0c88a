import { PHASES, type Phase } from '../domain/phases.ts';
import type { Relationship } from './relationship.ts';

/** What became of the sends, out of the ledger. */
export type SendCounts = {
  readonly accepted: number;
  readonly rejected: number;
  readonly unknown: number;
  /** Per reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Postponements, not sends: one send may be postponed twice. */
  readonly postponed: number;
  /** Delays, likewise. */
  readonly delayed: number;
  readonly failed: number;
};

/** The play in figures, in the order of the JSON line. */
export type Summary = {
  readonly customers: number;
  readonly purchases: number;
  readonly phases: Readonly<Record<Phase, number>>;
  readonly sends: SendCounts;
  /** In the mail catcher, as are duplicates and repeated. */
  readonly delivered: number;
  readonly duplicates: number;
  readonly repeated: number;
  readonly lostEvents: number;
  readonly relationship: Relationship;
  readonly maxLagSeconds: number;
  readonly seconds: number;
};

/** The summary to read. */
export function tableOf(summary: Summary): string {
  const { sends } = summary;
  const skipped = Object.entries(sends.skipped).map(
    ([reason, count]): Row => [`  skipped: ${reason}`, count],
  );
  const rows: Row[] = [
    ['Customers', summary.customers],
    ...PHASES.map((phase): Row => [`  ${phase.replace('-', ' ')}`, summary.phases[phase]]),
    ['Purchases', summary.purchases],
    ['Sends: accepted', sends.accepted],
    ['  rejected', sends.rejected],
    ['  unknown', sends.unknown],
    ...skipped,
    ['  failed', sends.failed],
    ['  postponements', sends.postponed],
    ['  delays', sends.delayed],
    ['Mails in the inbox', summary.delivered],
    ['  duplicates', summary.duplicates],
    ['  service mail repeated', summary.repeated],
    ['Events lost', summary.lostEvents],
    ...relationshipRows(summary.relationship),
    ['Longest lag, seconds', summary.maxLagSeconds],
    ['Time taken, seconds', summary.seconds],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)} ${String(value).padStart(8)}`).join('\n');
}

function relationshipRows(given: Relationship): Row[] {
  const { complaints } = given;
  const each = (counts: Readonly<Record<string, number>>, before: string) =>
    Object.entries(counts).map(([name, count]): Row => [`  ${before} ${name}`, count]);
  return [
    ['Answers', given.answers],
    ...(given.meanScore === null ? [] : [['  mean score', given.meanScore] as const]),
    ['Complaints', complaints.opened],
    ['  answered in time', complaints.inTime],
    ['  resolved', complaints.resolved],
    ['Points', given.points],
    ...each(given.tiers, 'in tier'),
    ['Grants', Object.values(given.grants).reduce((all, count) => all + count, 0)],
    ...each(given.grants, 'of kind'),
    ...each(given.budgetLeft, 'budget left:'),
  ];
}

type Row = readonly [label: string, value: number];
