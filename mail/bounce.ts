/** How a mail was refused: `hard` ends the address, `soft` may pass, `policy` blames us, never the person. */
export type Refusal = { readonly class: 'hard' | 'soft' | 'policy'; readonly status?: string };

/** No such mailbox, domain or address, a mailbox disabled for good, a domain without mail (RFC 3463, 7505). */
const GONE = new Set(['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1']);

const ENHANCED = /(?:^|[\s:-])([245]\.\d{1,3}\.\d{1,3})(?=\s|$)/m;
const FULL = /quota|mailbox (?:is )?full|over ?limit|insufficient (?:system )?storage|exceeded storage/i;
const OURS =
  /spam|block(?:ed|list)|black ?list|policy|reputation|dmarc|spf|dkim|dnsbl|banned|suspicious|authenticat|relay/i;
const UNKNOWN =
  /(?:user|recipient|mailbox|address|account)(?: \S+)? (?:unknown|not found|does not exist|doesn'?t exist|disabled)|(?:unknown|no such|invalid) (?:user|recipient|mailbox|address|account)/i;

/**
 * Classifies a refusal by its enhanced status code, else by its words. When in doubt it is not `hard`: a wrong
 * `hard` silences a customer for good, a wrong `soft` costs one more mail.
 *
 * @param code of the reply, 400–599
 * @param reply the server's words, after nodemailer's own
 * @see RFC 3463 on enhanced status codes
 */
export function classify(code: number, reply: string): Refusal {
  const status = ENHANCED.exec(reply)?.[1];
  const found = classOf(code, status, reply);
  return status ? { class: found, status } : { class: found };
}

function classOf(code: number, status: string | undefined, reply: string): Refusal['class'] {
  if (status?.startsWith('5.7.') || OURS.test(reply)) return 'policy';
  if (code < 500 || status?.startsWith('4.') || FULL.test(reply)) return 'soft';
  if (status) return GONE.has(status) ? 'hard' : 'soft';
  return [550, 551, 553].includes(code) && UNKNOWN.test(reply) ? 'hard' : 'soft';
}
