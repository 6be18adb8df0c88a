import type { ConsentProof } from '../../domain/consent-proof.ts';
import type { Customer } from '../../domain/customer.ts';
import type { Cause } from '../../domain/journey.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { topicWords } from '../../domain/topics.ts';
import { momentsIn } from './moments.ts';
import { whyWords } from './rule-words.ts';
import { zoneOf } from './voice.ts';
import { entryOf, fill, type Language } from './words.ts';

/** Whom it is said to, in what, and by which playbook. */
export type Speaking = {
  readonly customer: Customer;
  readonly playbook: Playbook;
  readonly language: Language;
  /** Epoch milliseconds. */
  readonly now: number;
};

/** What a mail rests on, in words. */
export type ConsentInWords = { readonly lines: readonly string[]; readonly wording: string | undefined };

/** What a touch answers, as one says it to its customer. */
export function causeOf(because: Cause, occasion: string, speaking: Speaking): string {
  const { causes } = whyWords(speaking.language);
  const texts: Readonly<Record<string, string>> = causes;
  const { orders } = speaking.customer.known;
  const order = orders.find(({ id }) => id === occasion)?.id;
  const text = entryOf(texts, because.type) ?? causes.other;
  const told = order === undefined && text.includes('{order}') ? causes.anOrder : text;
  return fill(told, { order: order ?? '', type: because.type, date: dateIn(speaking, because.at) });
}

/**
 * The consent that a mail on a topic rested on when it left.
 *
 * @param proofs of this customer, the latest first
 */
export function consentInWords(
  topic: string,
  at: number,
  proofs: readonly ConsentProof[],
  speaking: Speaking,
): ConsentInWords {
  const { consent } = whyWords(speaking.language);
  const about = proofs.filter((proof) => proof.topic === topic || proof.topic === '*');
  const before = about.filter((proof) => proof.change === 'given' && proof.at <= at);
  const given = before.find(({ basis }) => basis !== 'service') ?? before[0];
  const latest = about[0];
  const withdrawn = latest?.change === 'withdrawn' && latest.at > at ? latest : undefined;
  const lines = given ? [givenIn(given, speaking), whereOf(given, speaking)] : [consent.unknown];
  const since = withdrawn && fill(consent.withdrawn, { date: dateIn(speaking, withdrawn.at) });
  return { lines: [...lines, since].filter((line) => line !== undefined), wording: given?.wording };
}

function givenIn({ topic, basis, order, at }: ConsentProof, speaking: Speaking): string {
  const { consent } = whyWords(speaking.language);
  const { playbook, language } = speaking;
  const values = { topic: topicWords(playbook, topic, language).name, date: dateIn(speaking, at) };
  if (basis === 'service') return fill(consent['told-service'], values);
  if (basis !== 'soft-opt-in') return fill(consent.consent, values);
  return order
    ? fill(consent['soft-opt-in'], { ...values, order })
    : fill(consent['soft-opt-in-plain'], values);
}

function whereOf({ source, evidence }: ConsentProof, { language }: Speaking): string {
  const { where } = evidence;
  return fill(whyWords(language).consent.where, { where: where ?? source });
}

/** That the customer objected to being profiled, if they did. */
export function objectionInWords(speaking: Speaking): string | undefined {
  const { objection } = speaking.customer.known;
  return objection && fill(whyWords(speaking.language).objected, { date: dateIn(speaking, objection.at) });
}

export function dateIn({ customer, playbook, language, now }: Speaking, at: number): string {
  return momentsIn(language, zoneOf(customer, playbook), now).date(at);
}
