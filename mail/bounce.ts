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
  return verdictOn({ words: reply, code });
}
