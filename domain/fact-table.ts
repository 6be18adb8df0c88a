import { PHASES } from './phases.ts';

export type FactType = 'text' | 'number' | 'flag' | 'moment' | 'list';

/** One fact as rules may ask for it. */
export type Fact = {
  readonly path: string;
  readonly type: FactType;
  readonly means: string;
  readonly unit?: string;
  /** What `null` means; absent: it is never null. */
  readonly whenNull?: string;
  /** The only values of a text. */
  readonly values?: readonly string[];
};

const NOT_YET = 'always, in this version';
const MINOR = 'minor units of the currency of the last order';
const UNTOLD = 'not told';
const NO_MEMBER = 'no member';
const NO_ORDER = 'no order yet';

/** All that rules, templates and the simulation may know of a customer (design §3); `docs/playbook.md` shows it. */
export const FACTS: readonly Fact[] = [
  { path: 'phase', type: 'text', means: 'the phase of the relationship', values: PHASES },
  { path: 'since', type: 'moment', means: 'when that phase began' },
  { path: 'metThrough.channel', type: 'text', means: 'how we met: the first told', whenNull: UNTOLD },
  { path: 'metThrough.campaign', type: 'text', means: 'through which campaign', whenNull: UNTOLD },
  { path: 'metThrough.referrer', type: 'text', means: 'through whom', whenNull: UNTOLD },
  {
    path: 'locale',
    type: 'text',
    means: 'the language written in',
    unit: 'BCP 47',
    whenNull: "not told: the shop's",
  },
  {
    path: 'timeZone',
    type: 'text',
    means: 'where the customer lives',
    unit: 'IANA',
    whenNull: "not told: the shop's",
  },
  { path: 'createdAt', type: 'moment', means: 'when the first event happened' },
  { path: 'orders.count', type: 'number', means: 'orders, without cancelled and wholly returned ones' },
  { path: 'orders.days', type: 'number', means: 'different local days with such an order' },
  { path: 'orders.first', type: 'moment', means: 'the first such order', whenNull: NO_ORDER },
  { path: 'orders.last', type: 'moment', means: 'the last such order', whenNull: NO_ORDER },
  {
    path: 'orders.total',
    type: 'number',
    means: 'what such orders came to, less what was returned',
    unit: MINOR,
  },
  { path: 'orders.average', type: 'number', means: 'the total by order', unit: MINOR, whenNull: NO_ORDER },
  { path: 'orders.returned', type: 'number', means: 'orders of which something, or all, was returned' },
  { path: 'orders.skus', type: 'list', means: 'what was bought and kept' },
  { path: 'orders.categories', type: 'list', means: 'categories of what was bought and kept' },
  {
    path: 'profile.birthday',
    type: 'text',
    means: 'the birthday',
    unit: '`1984-06-21` or `06-21`',
    whenNull: UNTOLD,
  },
  { path: 'profile.interests', type: 'list', means: 'what the customer says to like' },
  { path: 'profile.answered', type: 'number', means: 'questions about themselves answered' },
  {
    path: 'contact.every',
    type: 'number',
    means: 'at most one marketing mail in so many days, as the customer asked',
    unit: 'days',
    whenNull: 'as often as the shop likes',
  },
  {
    path: 'consents.<topic>',
    type: 'flag',
    means: 'whether mail on the topic is allowed',
    whenNull: 'never asked',
  },
  {
    path: 'feedback.nps',
    type: 'number',
    means: 'would recommend us',
    unit: '0–10',
    whenNull: 'never answered',
  },
  {
    path: 'feedback.product',
    type: 'number',
    means: 'likes the product, as answered or reviewed',
    unit: '0–10',
    whenNull: 'never answered',
  },
  {
    path: 'feedback.csat',
    type: 'number',
    means: 'was content with how we did something',
    unit: '0–10',
    whenNull: 'never answered',
  },
  { path: 'feedback.lastAt', type: 'moment', means: 'the last answer', whenNull: 'never answered' },
  { path: 'complaints.open', type: 'number', means: 'complaints not resolved' },
  { path: 'complaints.lastAt', type: 'moment', means: 'the last complaint', whenNull: 'never complained' },
  { path: 'points.balance', type: 'number', means: 'points to spend now', whenNull: NO_MEMBER },
  { path: 'points.pending', type: 'number', means: 'points not to be spent yet', whenNull: NO_MEMBER },
  { path: 'tier', type: 'text', means: 'the tier of membership', whenNull: 'no member, or of no tier' },
  { path: 'referrals.paid', type: 'number', means: 'friends introduced who bought' },
  { path: 'rhythm.alive', type: 'number', means: 'chance of another order', unit: '0–1', whenNull: NOT_YET },
  { path: 'rhythm.expected', type: 'number', means: 'orders expected in a year', whenNull: NOT_YET },
  { path: 'rhythm.lapsesAt', type: 'moment', means: 'when silence becomes a lapse', whenNull: NOT_YET },
  { path: 'holdout', type: 'flag', means: 'gets no marketing, to measure the rest' },
];

const BY_PATH: ReadonlyMap<string, Fact> = new Map(FACTS.map((fact) => [fact.path, fact]));
const TOPIC = BY_PATH.get('consents.<topic>');

/** The fact at a path, `consents.news` too; undefined if there is none. */
export function factAt(path: string): Fact | undefined {
  return TOPIC && /^consents\.[a-z][a-z0-9-]*$/.test(path) ? { ...TOPIC, path } : BY_PATH.get(path);
}
