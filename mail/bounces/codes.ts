/** What a code alone says: the address is gone, it may pass, or it blames us. */
export type CodeClass = 'hard' | 'soft' | 'policy';

/**
 * Enhanced status codes that say more than their first digits. What is absent: `x.7.y` and `x.6.y` are policy, all else
 * soft. 5.1.0 and 5.0.0 say nothing by themselves: words decide.
 *
 * @see RFC 3463, RFC 5248 and IANA's registry of enhanced status codes; 5.1.10 and 5.7.27: RFC 7505
 */
const BY_STATUS: Readonly<Record<string, CodeClass>> = {
  '5.1.1': 'hard', // bad destination mailbox address
  '5.1.2': 'hard', // bad destination system address
  '5.1.3': 'hard', // bad destination mailbox address syntax
  '5.1.6': 'hard', // destination mailbox has moved, no forwarding address
  '5.1.10': 'hard', // recipient address has null MX
  '5.1.7': 'policy', // bad sender's mailbox address syntax
  '5.1.8': 'policy', // bad sender's system address
  '5.1.9': 'policy', // message relayed to non-compliant mailer
};

/** The class of an enhanced status code. */
export function classOfStatus(status: string): CodeClass {
  const known = BY_STATUS[status];
  if (known) return known;
  return /^5\.[67]\./.test(status) || /^4\.1\.8$/.test(status) ? 'policy' : 'soft';
}

/** Whether a status says more than that it failed. */
export function isTelling(status: string): boolean {
  return !/^[245]\.(?:0|5)\.0$/.test(status) && !/^[245]\.1\.0$/.test(status);
}

const IN_WORDS = /(?:^|[^\w.])#?([245]\.\d{1,3}\.\d{1,3})(?![\w.]*\d)(?!\.\w)/g;

/** The enhanced status codes in a server's words, in order. */
export function statusesIn(words: string): readonly string[] {
  return [...words.slice(0, 20_000).matchAll(IN_WORDS)].flatMap(([, status]) => status ?? []);
}

const REPLY = /(?:^|[\s:;>'"([<-])([45]\d\d)(?=[\s\-#:;,)'"]|$)/g;

/** The reply codes in a server's words, 400–599, in order. */
export function repliesIn(words: string): readonly number[] {
  return [...words.slice(0, 20_000).matchAll(REPLY)].map(([, code]) => Number(code));
}
