import { momentIn } from './import-cells.ts';
import {
  type ColumnNames,
  columnOf,
  contentKey,
  type ImportContext,
  type Line,
  present,
  type Row,
  type RowProblem,
  type RowsRead,
  readPosted,
} from './import-row.ts';
import { readSuppression } from './import-suppression.ts';

const NAMES: ColumnNames = {
  source: 'source',
  customer: 'email',
  'customer/id': 'id',
  'customer/email': 'email',
  'customer/name/first': 'first_name',
  'customer/name/last': 'last_name',
  'customer/locale': 'locale',
  'customer/timeZone': 'time_zone',
  'customer/birthday': 'birthday',
  'customer/metThrough/channel': 'met_through',
  'consent/topic': 'consent_topics',
  'consent/wording': 'consent_source',
};

/**
 * Reads what a row tells of a customer: who they are, as of the file's date; and the consent they gave, or that they
 * withdrew it, as of its own time. One without a time says so (`undated`), and yields to whatever has one.
 *
 * Each becomes a `profile` event that is known by its content: the same row again is the same event, a changed row
 * another. What has no time is known by the day of its file too, or a "no" that was a "yes" in between would be none.
 */
export function readCustomer({ line, row }: Line, context: ImportContext): RowsRead {
  const problem = unprovenConsent(row, context);
  if (problem) return { kind: 'rejected', problems: [{ line, ...problem }] };

  const posted = [profileIn(row, context), ...consentIn(row, context), ...refusalIn(row, context)];
  const read = readPosted(posted, context, ([, ...path]) => ({ line, ...columnFor(path, row) }));
  if (read.kind !== 'read' || row.suppressed === undefined) return read;

  const { email = '', suppressed: reason } = row;
  const suppression = readSuppression({ line, row: { email, reason } }, context);
  return suppression.kind === 'read' ? { ...read, suppressions: suppression.suppressions } : suppression;
}

function columnFor(path: readonly PropertyKey[], row: Row) {
  if (path[0] === 'at') return { column: isRefused(row) ? 'unsubscribed_at' : 'consent_at' };
  return columnOf(path, NAMES);
}

/** What is missing of the proof of a consent: without it nobody could show that, when and how it was given. */
function unprovenConsent(row: Row, { trustsFile }: ImportContext): Omit<RowProblem, 'line'> | undefined {
  if (row.consent_topics === undefined || trustsFile) return undefined;
  const missing = ['consent_at', 'consent_source'].find((column) => row[column] === undefined);
  if (missing === undefined) return undefined;
  const hint =
    'tell when and how consent was given, or leave consent_topics empty: then they get no marketing';
  return { column: missing, message: 'is required with consent_topics', hint };
}

function whoIn({ id, email }: Row) {
  return present({ id, email });
}

/** What is told of the customer; each in an event of its own, as each has its own time. */
function profileIn(row: Row, context: ImportContext): object {
  const { first_name: first, last_name: last, met_through: channel } = row;
  const customer = {
    ...whoIn(row),
    ...present({ locale: row.locale, timeZone: row.time_zone, birthday: row.birthday }),
    ...(first === undefined && last === undefined ? {} : { name: present({ first, last }) }),
    ...(channel === undefined ? {} : { metThrough: { channel } }),
  };
  const source = row.source ?? context.source;
  const id = `customer:${contentKey(context.hashKey, [source, customer])}`;
  return { id, source, type: 'profile', at: new Date(context.writtenAt).toISOString(), customer };
}

function consentIn(row: Row, context: ImportContext): readonly object[] {
  const topics = row.subscribed === undefined ? topicsIn(row.consent_topics) : context.topics;
  if (topics.length === 0 || isRefused(row)) return [];

  const { consent_source: wording } = row;
  const consent = topics.map((topic) => ({ topic, basis: 'consent', ...present({ wording }) }));
  return [consentEvent('consent', row, row.consent_at, consent, context)];
}

function refusalIn(row: Row, context: ImportContext): readonly object[] {
  if (!isRefused(row)) return [];
  const refused = new Set([...context.refusable, ...topicsIn(row.consent_topics)]);
  const consent = [...refused].sort().map((topic) => ({ topic, withdrawn: true }));
  return consent.length === 0
    ? []
    : [consentEvent('unsubscribed', row, row.unsubscribed_at, consent, context)];
}

function isRefused({ unsubscribed_at: at, refused }: Row): boolean {
  return at !== undefined || refused !== undefined;
}

function consentEvent(
  what: string,
  row: Row,
  told: string | undefined,
  consent: readonly object[],
  context: ImportContext,
): object {
  const { hashKey, timeZone, writtenAt } = context;
  const customer = whoIn(row);
  const source = row.source ?? context.source;
  const written = new Date(writtenAt).toISOString();
  const when = told ?? written.slice(0, 'yyyy-mm-dd'.length);
  const id = `${what}:${contentKey(hashKey, [source, customer, when, consent])}`;
  const at = told === undefined ? written : momentIn(told, timeZone);
  const entries = told === undefined ? consent.map((entry) => ({ ...entry, undated: true })) : consent;
  return { id, source, type: 'profile', at, customer, consent: entries };
}

function topicsIn(text = ''): readonly string[] {
  return [...new Set(text.split(/[\s,;|]+/).filter((topic) => topic !== ''))];
}
