import { type CodeClass, classOfStatus, isTelling, repliesIn, statusesIn } from './codes.ts';
import { classOfWords } from './words.ts';

/** What is known of one refusal. */
export type Refused = {
  /** The server's own words, as far as known. */
  readonly words: string;
  /** The enhanced status a report gives, such as `5.1.1`. */
  readonly status?: string | undefined;
  /** The code of the reply, 400–599. */
  readonly code?: number | undefined;
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
export function verdictOn(refused: Refused): Verdict {
  const status = statusOf(refused);
  const found = classOf(refused, status);
  return status ? { class: found, status } : { class: found };
}

/** The code that says most: the report's own, or the server's where the report's says only that it failed. */
function statusOf({ words, status }: Refused): string | undefined {
  const told = statusesIn(words);
  if (status && isTelling(status)) return status;
  return told.find((one) => isTelling(one) && (!status || one[0] === status[0])) ?? status ?? told[0];
}

function classOf(refused: Refused, status: string | undefined): CodeClass {
  const code = refused.code ?? repliesIn(refused.words)[0];
  const said = NOT_IN_DIRECTORY.test(refused.words) ? 'hard' : classOfWords(refused.words);
  if (said === 'policy' || said === 'soft') return said;
  if (status?.startsWith('4.') || (code && code < 500)) return 'soft';
  if (said === 'hard' || isGoneByCode(refused.words, code, status)) return 'hard';
  return status ? classOfStatus(status) : 'soft';
}

/** Words that mean that an address is gone only beside the right code. */
function isGoneByCode(words: string, code = 0, status = ''): boolean {
  if (UNAVAILABLE.test(words)) return code === 550 || status === '5.1.1';
  return ADDRESS_REJECTED.test(words) && status.startsWith('5.1.');
}
