import { type Verdict, verdictOn } from './bounces/verdict.ts';

/** How a mail was refused: `hard` ends the address, `soft` may pass, `policy` blames us, never the person. */
export type Refusal = Verdict;

/**
 * Classifies a refusal by its words and its enhanced status code, by the same rules as reports that come back later.
 * When in doubt it is not `hard`: a wrong `hard` silences a customer for good, a wrong `soft` costs one more mail.
 *
 * @param code of the reply, 400–599
 * @param reply the server's words, after nodemailer's own
 * @see RFC 3463 on enhanced status codes
 */
export function classify(code: number, reply: string): Refusal {
  const verdict = verdictOn({ words: reply, code });
  return verdict.class === 'hard' && OF_SENDER.test(reply) ? { ...verdict, class: 'policy' } : verdict;
}

/** How nodemailer begins what was answered to `MAIL FROM`: said of our address, before anybody heard of the recipient. */
const OF_SENDER = /^mail command failed/i;
