import { type CodeClass, classOfStatus, isTelling, repliesIn, statusesIn } from './codes.ts';
import { ruleFor } from './words.ts';

/** What is known of one refusal. */
export type Refused = {
  /** The server's own words, as far as known. */
  readonly words: string;
  /** The enhanced status a report gives, such as `5.1.1`. */
  readonly status?: string | undefined;
  /** The code of the reply, 400–599. */
  readonly code?: number | undefined;
  /** Whom it is about, where that is known: any other address in the words may be the sender's. */
  readonly recipient?: string | undefined;
  /** Addresses that the mail was from, lower case. */
  readonly senders?: readonly string[] | undefined;
};

export type Verdict = { readonly class: CodeClass; readonly status?: string };

/** A mailbox "unavailable" at 550 is gone; the same words at 450 are not (RFC 5321 §4.2.3). */
const UNAVAILABLE = /mail ?box (?:is )?(?:unavailable|unavaiable|not available)/i;

/** What Microsoft answers for an address that a domain's directory does not hold. */
const NOT_IN_DIRECTORY = /5\.4\.1\b[^\n]{0,200}recipient address rejected: access denied/i;

/** What some gateways say of an address in no directory: the code must agree. */
const ADDRESS_REJECTED = /address rejected\b(?!: ?\w)/i;

/**
 * Classifies a refusal by its words, then its codes. When in doubt it is not `hard`: a wrong `hard` silences a person
 * for good, a wrong `soft` costs one more mail.
 *
 * @see RFC 3463 on enhanced status codes
 */
export function verdictOn(told: Refused): Verdict {
  const refused = { ...told, words: aboutUser(told) };
  const status = statusOf(refused);
  const found = classOf(refused, status);
  if (found === 'hard' && isAboutSender(told)) return { class: 'policy', ...(status && { status }) };
  return status ? { class: found, status } : { class: found };
}

/** The recipient's own address becomes "user": `<an@example.net> not found` is said of nobody else. */
function aboutUser({ words, recipient }: Refused): string {
  if (!recipient) return words;
  const at = words.toLowerCase();
  if (at.length !== words.length || !at.includes(recipient)) return words;
  return at.replaceAll(`<${recipient}>`, ' user ').replaceAll(recipient, ' user ');
}

/** `<anna@shop.example> unknown` and `domain shop.example not found` are said of us, where nothing of the recipient stands. */
function isAboutSender({ words, recipient, senders = [] }: Refused): boolean {
  const named = new Set(words.toLowerCase().match(/[^\s<>()[\]"':;,]+(?<!\.)/g));
  const isDomain = ruleFor(words)?.because === 'nowhere';
  const isNamed = (address: string) => named.has(address) || (isDomain && named.has(domainIn(address)));
  return recipient !== undefined && !isNamed(recipient) && senders.some(isNamed);
}

function domainIn(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** The code that says most: the report's own, or the server's where the report's says only that it failed. */
function statusOf({ words, status }: Refused): string | undefined {
  const told = statusesIn(words);
  if (status && isTelling(status)) return status;
  return told.find((one) => isTelling(one) && (!status || one[0] === status[0])) ?? status ?? told[0];
}

function classOf(refused: Refused, status = ''): CodeClass {
  const rule = NOT_IN_DIRECTORY.test(refused.words) ? undefined : ruleFor(refused.words);
  if (rule && rule.says !== 'hard') return rule.says;
  if (namesSender(refused, status)) return 'policy';
  const code = refused.code ?? repliesIn(refused.words)[0];
  if (mayPass(code, status)) return 'soft';
  return rule ? classOfGone(rule.because, refused, status) : classByCode(refused.words, code, status);
}

function classOfGone(because: string, refused: Refused, status: string): CodeClass {
  return isDoubtful(because, refused, status) ? 'soft' : 'hard';
}

function classByCode(words: string, code: number | undefined, status: string): CodeClass {
  return isGoneByCode(words, code, status) ? 'hard' : classOfStatus(status);
}

function mayPass(code = 500, status = ''): boolean {
  return code < 500 || status.startsWith('4.');
}

/** 5.1.7 and 5.1.8 are the sender's, wherever they stand: "501 5.1.7 Invalid address" is said of ours. */
function namesSender({ words }: Refused, status = ''): boolean {
  return [status, ...statusesIn(words)].some((one) => /^[45]\.1\.[78]$/.test(one));
}

/**
 * Words about a domain may mean the sender's, where another address stands beside them, or the site is choosy; words
 * about commands and their arguments may mean anything.
 */
function isDoubtful(because: string, { words, recipient }: Refused, status = ''): boolean {
  if (/^5\.5\.[2-9]$/.test(status)) return true;
  if (because !== 'nowhere') return false;
  return status.startsWith('5.7.') || (recipient !== undefined && words.includes('@'));
}

/** Words that mean that an address is gone only beside the right code. */
function isGoneByCode(words: string, code = 0, status = ''): boolean {
  if (NOT_IN_DIRECTORY.test(words)) return true;
  if (UNAVAILABLE.test(words)) return code === 550 || status === '5.1.1';
  return ADDRESS_REJECTED.test(words) && status.startsWith('5.1.');
}
