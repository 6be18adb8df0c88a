import { addressOf } from './address.ts';
import { type Fields, fieldOf, readFields } from './fields.ts';
import { classOfWords } from './words.ts';

/** What a delivery status says of one recipient. */
export type Outcome = {
  readonly recipient?: string;
  readonly action: 'failed' | 'delayed' | 'delivered';
  /** The enhanced status, absent if none or malformed. */
  readonly status?: string;
  /** The server's words, empty if none. */
  readonly words: string;
};

/**
 * Reads the recipients of a `message/delivery-status`, however its groups are parted.
 *
 * @see RFC 3464 §2.3
 */
export function readOutcomes(text: string): readonly Outcome[] {
  return groupsOf(text).flatMap((group) => outcomeOf(group) ?? []);
}

const NAMES_RECIPIENT = /^(?:(?:final|original)-recipient)[ \t]{0,3}:/im;

/** One group of fields per recipient: parted by empty lines, but some mailers forget them, or add some. */
function groupsOf(text: string): readonly Fields[] {
  const groups: string[] = [];
  for (const block of text.split(/\n[ \t]*\n/).flatMap(partedByRecipient)) {
    const isNext =
      NAMES_RECIPIENT.test(block) || groups.length === 0 || !NAMES_RECIPIENT.test(groups.at(-1) ?? '');
    if (isNext) groups.push(block.trim());
    else groups.push(`${groups.pop()}\n${block.trim()}`);
  }
  const found = groups.map(readFields);
  const named = found.filter((fields) => RECIPIENT.some((name) => fields.has(name)));
  return named.length > 0 ? named : found.filter((fields) => fields.has('action')).slice(0, 1);
}

function partedByRecipient(block: string): readonly string[] {
  const finals = block.match(/^final-recipient[ \t]{0,3}:/gim)?.length ?? 0;
  return finals > 1 ? block.split(/^(?=final-recipient[ \t]{0,3}:)/im) : [block];
}

/** Whom we wrote to stands first: a forwarder's own address means nothing to us. */
const RECIPIENT = ['original-recipient', 'final-recipient', 'x-actual-recipient'] as const;

function outcomeOf(fields: Fields): Outcome | undefined {
  const status = /(?<!\d)[245]\.\d{1,3}\.\d{1,3}(?!\d)/.exec(fieldOf(fields, 'status'))?.[0];
  const action = actionOf(fieldOf(fields, 'action').toLowerCase(), status);
  if (!action) return undefined;
  const recipient = RECIPIENT.map((name) => addressOf(fieldOf(fields, name))).find(Boolean);
  return {
    action,
    words: wordsOf(fields),
    ...(recipient ? { recipient } : {}),
    ...(status && status.startsWith('2') === (action === 'delivered') ? { status } : {}),
  };
}

function actionOf(action: string, status = ''): Outcome['action'] | undefined {
  if (/^(?:fail|error|reject|undeliver|expired)/.test(action)) return 'failed';
  if (action.startsWith('delay')) return 'delayed';
  if (/^(?:delivered|relayed|expanded|deliverable)/.test(action)) return 'delivered';
  return ({ '2': 'delivered', '4': 'delayed', '5': 'failed' } as const)[status[0] ?? ''];
}

function wordsOf(fields: Fields): string {
  const told = fieldOf(fields, 'diagnostic-code', 'x-diagnostic-code').replace(
    /^[\w-]{1,30}\s{0,3};\s{0,3}/,
    '',
  );
  const more = fieldOf(fields, 'x-supplementary-info', 'x-notes', 'x-powermta-bouncecategory');
  if (/[a-z]{3}/i.test(told)) return told;
  return `${told} ${more}`.trim() || remarkIn(fieldOf(fields, 'status'));
}

/** PMDF and its heirs give no diagnostic, but a remark: `5.0.0 (Illegal host/domain name found)`. */
function remarkIn(status: string): string {
  const remark = /\(([^()]{3,300})\)/.exec(status)?.[1] ?? '';
  return classOfWords(remark) === undefined ? '' : remark;
}
