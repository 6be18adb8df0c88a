/** RFC 5321 §4.5.3.1: longest local part and longest path, in octets. */
const LONGEST_LOCAL = 64;
const LONGEST_ADDRESS = 254;

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const UNSAFE_HOST = /[\s/?#@:\\%[\]<>^|]/;

/** The one form in which an address is recognised: NFKC, trimmed, lower case, its domain in ASCII (RFC 5891). */
export function normaliseEmail(address: string): string {
  return deliverable(address).toLowerCase();
}

/** The address as mail is sent to it: as written, trimmed, its domain in ASCII. */
export function deliverable(address: string): string {
  const text = address.normalize('NFKC').trim();
  const split = text.lastIndexOf('@');
  return `${text.slice(0, split + 1)}${asciiDomain(text.slice(split + 1))}`;
}

/** Whether mail can be sent to the address: an ASCII local part (no SMTPUTF8) at a domain with a dot. */
export function isEmail(address: string): boolean {
  const text = deliverable(address);
  const split = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(split, 0));
  return (
    text.length <= LONGEST_ADDRESS &&
    local.length <= LONGEST_LOCAL &&
    LOCAL.test(local) &&
    DOMAIN.test(text.slice(split + 1))
  );
}

/** How a shop's own id of a customer is kept; `source` holds no colon. */
export function externalId(source: string, id: string): string {
  return `${source}:${id}`;
}

/** An address told so that only its owner knows it: `a•••@example.com`. */
export function maskedEmail(address: string): string {
  const split = address.lastIndexOf('@');
  return `${address.slice(0, Math.min(1, split))}•••${address.slice(split)}`;
}

function asciiDomain(domain: string): string {
  const lower = domain.toLowerCase().replace(/\.$/, '');
  if (UNSAFE_HOST.test(lower)) return lower;
  return URL.canParse(`http://${lower}`) ? new URL(`http://${lower}`).hostname : lower;
}
