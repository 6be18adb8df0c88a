import type { PlacedTouch } from './build-playbook.ts';
import { isForBuyers } from './guard.ts';
import { INVARIANTS } from './phases.ts';
import type { Touch } from './playbook.ts';
import type { Problem } from './strict.ts';
import { didYouMean } from './suggest.ts';

/** What a touch may refer to. */
export type CheckContext = {
  readonly templates: readonly string[];
  readonly surprises: readonly string[];
  /** Keys of `shop.people`. */
  readonly people: readonly string[];
  /** Keys of `topics`. */
  readonly topics: readonly string[];
};

/** What only Rapport says, and what no touch answers. */
const SILENT = [
  'pause',
  'resume',
  'move',
  'end',
  'merged',
  'erased',
  'consent',
  'unsubscribe',
  'bounce',
  'spam-complaint',
  'objection',
  'send-again',
  'surprise',
  'membership',
  'points',
  'link-asked',
];
/** Causes that come round by themselves. */
const SELDOM = ['entering', 'every', 'birthday', 'anniversary'];
/** Questions that nobody can answer who has bought nothing. */
const ABOUT_A_PRODUCT = ['product-score', 'review'];
/** What happens only to those who have bought. */
const AFTER_A_PURCHASE = [
  ...['purchase', 'shipped', 'delivered', 'cancelled', 'refund'],
  ...['lapse', 'comeback', 'anniversary', 'tier'],
];
/** Nobody waits for an answer to these: what is sent then is marketing. */
const NEVER_SERVICE = ['birthday', 'anniversary', 'lapse', 'comeback', 'every', 'cart-abandoned', 'tier'];

/** What a touch must not say although each word of it is right. */
export function checkTouch({ touch, path }: PlacedTouch, context: CheckContext): Problem[] {
  return [
    ...checkTemplate(touch, path, context.templates),
    ...checkCause(touch, path),
    ...checkService(touch, path),
    ...checkTeam(touch, path),
    ...checkMeasure(touch, path, context.topics),
    ...checkPhase(touch, path),
    ...checkFirstContact(touch, path),
    ...checkName('surprise', touch.surprise, path, context.surprises),
    ...checkName('from', touch.from, path, context.people),
  ];
}

type Path = PlacedTouch['path'];

function checkTemplate({ name, by }: Touch, path: Path, templates: readonly string[]): Problem[] {
  if (by === 'team' || templates.includes(name)) return [];
  const hint = didYouMean(name, templates) ?? `add templates/${name}.mjml`;
  return [{ path, message: `no template "${name}" in templates/`, hint }];
}

function checkCause({ on, every, oncePer }: Touch, path: Path): Problem[] {
  const here = [...path, 'on'];
  if (on === 'every' && !every)
    return [{ path: here, message: 'says not how often', hint: 'write { every: 90 days }' }];
  if (every && !every.years && !every.months && !every.weeks && !every.days) {
    return [{ path: [...here, 'every'], message: 'is more often than once a day' }];
  }
  if (oncePer && SELDOM.includes(on)) {
    const message = `does not go with on: ${on}, which says itself how often`;
    return [{ path: [...path, 'oncePer'], message, hint: 'leave it out' }];
  }
  return SILENT.includes(on) ? [{ path: here, message: `"${on}" is never answered by a touch` }] : [];
}

/** Service mail is what the customer waits for; whatever else is in it makes it marketing. */
function checkService({ kind, on, asks, surprise, suggest, weekdays }: Touch, path: Path): Problem[] {
  if (kind !== 'service') return [];
  const others = { on: NEVER_SERVICE.includes(on), ask: asks, surprise, suggest, weekdays };
  return Object.entries(others).flatMap(([key, present]) =>
    present
      ? [{ path: [...path, key], message: 'does not belong in service mail', hint: 'use kind: marketing' }]
      : [],
  );
}

/** What is done by a person is no mail, and only such a thing has to be told in words. */
function checkTeam({ by, todo, asks, surprise, measure }: Touch, path: Path): Problem[] {
  if (by !== 'team') return todo ? [{ path: [...path, 'todo'], message: 'goes with by: team alone' }] : [];
  const ofMails = { ask: asks, surprise, measure };
  return Object.entries(ofMails).flatMap(([key, present]) =>
    present ? [{ path: [...path, key], message: 'goes with a mail, not with by: team' }] : [],
  );
}

/** Clicks are counted of those alone who agreed to it, so there has to be something to agree to. */
function checkMeasure({ kind, measure }: Touch, path: Path, topics: readonly string[]): Problem[] {
  const here = [...path, 'measure'];
  if (!measure) return [];
  if (kind === 'service') {
    return [{ path: here, message: 'does not belong in service mail', hint: 'use kind: marketing' }];
  }
  if (topics.includes('clicks')) return [];
  const message = 'counts clicks, and customers cannot agree to it';
  return [{ path: here, message, hint: 'name a topic clicks under topics' }];
}

function checkPhase({ phase, asks, surprise }: Touch, path: Path): Problem[] {
  if (!phase) return [];
  const { asksAboutProducts, surprises } = INVARIANTS[phase];
  const product = !asksAboutProducts && asks && ABOUT_A_PRODUCT.includes(asks);
  return [
    ...(product
      ? [{ path: [...path, 'ask'], message: `asks about a product, and in ${phase} there is none yet` }]
      : []),
    ...(surprise && !surprises
      ? [{ path: [...path, 'surprise'], message: `${phase} has no surprises` }]
      : []),
  ];
}

/** `always` reaches first contact too, so what has no place there must be told whom it is for. */
function checkFirstContact({ phase, on, when, asks, surprise }: Touch, path: Path): Problem[] {
  if (phase || AFTER_A_PURCHASE.includes(on) || isForBuyers(when)) return [];
  const hint = 'add when: { orders.days: { $gte: 1 } }';
  const product = asks && ABOUT_A_PRODUCT.includes(asks);
  return [
    ...(product
      ? [{ path: [...path, 'ask'], message: 'asks about a product, and reaches first-contact', hint }]
      : []),
    ...(surprise
      ? [{ path: [...path, 'surprise'], message: 'reaches first-contact, which has no surprises', hint }]
      : []),
  ];
}

/** A name that stands elsewhere in the playbook. */
function checkName(key: string, name: string | undefined, path: Path, known: readonly string[]): Problem[] {
  if (!name || known.includes(name)) return [];
  const hint = didYouMean(name, known);
  const message = key === 'from' ? `nobody called "${name}" in shop.people` : `no ${key} "${name}"`;
  return [{ path: [...path, key], message, ...(hint ? { hint } : {}) }];
}
