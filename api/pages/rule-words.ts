import type { Filter, Playbook, Span, Touch } from '../../domain/playbook.ts';
import { parseSpan } from '../../domain/span.ts';
import { topicWords } from '../../domain/topics.ts';
import { whyEn } from './why-words-en.ts';
import { whyNl } from './why-words-nl.ts';
import { fill, type Language, WORDS } from './words.ts';

export type WhyWords = typeof whyEn;

const WHY: Readonly<Record<Language, WhyWords>> = { en: whyEn, nl: whyNl };

export function whyWords(language: Language): WhyWords {
  return WHY[language];
}

/** The rule by which a touch goes out, a sentence each; nothing of it is about one customer. */
export function ruleOf(touch: Touch, playbook: Playbook, language: Language): readonly string[] {
  const { rule } = whyWords(language);
  const inWords = (span: Span) => spanInWords(span, language);
  const lines = [
    timing(touch, language),
    touch.at && fill(rule.time, { time: touch.at }),
    touch.when && fill(rule.when, { conditions: conditionsOf(touch.when, playbook, language) }),
    touch.oncePer && fill(rule.oncePer, { span: inWords(touch.oncePer) }),
    touch.share !== undefined && fill(rule.share, { share: percent(touch.share, language) }),
    touch.suggest && rule.suggests,
    ...(touch.kind === 'service' ? [rule.service] : contactRules(playbook, language)),
  ];
  return lines.filter((line) => typeof line === 'string');
}

function timing({ on, after, every, phase }: Touch, language: Language): string {
  const { rule, ons } = whyWords(language);
  if (every) return fill(rule.every, { every: spanInWords(every, language) });
  const names: Readonly<Record<string, string>> = ons;
  const where = phase ? WORDS[language].phases[phase] : '';
  const cause = fill(names[on] ?? ons.other, { type: on, phase: where });
  const span = spanInWords(after, language);
  return span ? fill(rule.after, { after: span, on: cause }) : fill(rule.at, { on: cause });
}

/** What holds for all marketing: how much, when, and who is left out to measure by. */
export function contactRules({ contact }: Playbook, language: Language): readonly string[] {
  const { rule } = whyWords(language);
  const { caps, quiet, holdout } = contact;
  const each = caps.map(({ max, days }) => fill(rule.cap, { max, days: spanInWords({ days }, language) }));
  return [
    ...(each.length > 0 ? [fill(rule.caps, { caps: listed(each, language) })] : []),
    ...(quiet ? [fill(rule.quiet, quiet)] : []),
    ...(holdout > 0 ? [fill(rule.holdout, { share: percent(holdout, language) })] : []),
  ];
}

/** A condition over the facts, as a person says it. */
export function conditionsOf(filter: Filter, playbook: Playbook, language: Language): string {
  const words = whyWords(language);
  const inner = (one: unknown) => (isRecord(one) ? conditionsOf(one, playbook, language) : '');
  const parts = Object.entries(filter).map(([key, asked]) => {
    if (key === '$and' && Array.isArray(asked)) return asked.map(inner).join(words.and);
    if (key === '$or' && Array.isArray(asked)) return asked.map(inner).join(words.or);
    if (key === '$not') return fill(words.operators.not, { conditions: inner(asked) });
    return asksOf(factName(key, playbook, language), asked, language);
  });
  return parts.join(words.and);
}

/** What is asked of one fact. */
function asksOf(fact: string, asked: unknown, language: Language): string {
  const { operators, and } = whyWords(language);
  const names: Readonly<Record<string, string>> = operators;
  if (!isRecord(asked)) return fill(operators.$eq, { fact, value: valueInWords(asked, language) });
  const each = Object.entries(asked).map(([operator, operand]) => {
    if (operator === '$not') return fill(operators.not, { conditions: asksOf(fact, operand, language) });
    return fill(names[operator] ?? operators.$eq, { fact, value: valueInWords(operand, language) });
  });
  return each.join(and);
}

function factName(path: string, playbook: Playbook, language: Language): string {
  const { facts, consentFact } = whyWords(language);
  const names: Readonly<Record<string, string>> = facts;
  const topic = /^consents\.(.+)$/.exec(path)?.[1];
  if (topic) return fill(consentFact, { topic: topicWords(playbook, topic, language).name });
  return names[path] ?? path;
}

function valueInWords(value: unknown, language: Language): string {
  const { yes, no, unknown } = whyWords(language);
  if (value === null) return unknown;
  if (typeof value === 'boolean') return value ? yes : no;
  if (Array.isArray(value)) return value.map((one) => valueInWords(one, language)).join(', ');
  const span = typeof value === 'string' ? parseSpan(value) : undefined;
  return span ? spanInWords(span, language) : String(value);
}

const UNITS = ['years', 'months', 'weeks', 'days', 'hours', 'minutes'] as const;

/** `10 days`, `1 year and 6 months`; empty for no time at all. */
export function spanInWords(span: Span, language: Language): string {
  const parts = UNITS.flatMap((unit) => {
    const count = span[unit];
    if (!count) return [];
    const format = { style: 'unit', unit: unit.slice(0, -1), unitDisplay: 'long' } as const;
    return [new Intl.NumberFormat(language, format).format(count)];
  });
  return listed(parts, language);
}

function listed(parts: readonly string[], language: Language): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);
}

function percent(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
