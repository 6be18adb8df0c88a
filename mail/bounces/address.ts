/** An address as it stands in running text. Bounded, so that no text makes it slow. */
const ADDRESS =
  /(?:"[^"\s<>]{1,64}"|[^\s<>()[\]:;,"'`=|\\/]{1,64}(?:[=/|'][^\s<>()[\]:;,"'`|\\]{1,64}){0,8})@(?:[\p{L}\p{N}_-]{1,63}\.){0,8}[\p{L}\p{N}_-]{1,63}/gu;

/** What parts addresses from what stands beside them; East Asian notices write wide signs, and no spaces. */
const PARTING = /[\s,;<>：；，。、（）＜＞「」【】]+/;

/** The addresses in a text, in order, each once, as they are written but for surrounding dots and brackets. */
export function addressesIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const part of text.slice(0, LONGEST).split(PARTING)) {
    if (!part.includes('@') || part.length > 512) continue;
    for (const [address] of part.matchAll(ADDRESS)) if (isAddress(clean(address))) found.add(clean(address));
  }
  return [...found];
}

/** How much of a text is searched for addresses, characters. */
const LONGEST = 100_000;

/** Mailers end a sentence after an address, or quote it. */
function clean(address: string): string {
  return address
    .replace(/^[.'*]{1,8}/, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

/** Whether it can be written to: one @, something before it, a name behind it. */
function isAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  return at > 0 && at < text.length - 1 && text.length <= 254;
}

/**
 * The address in a field such as `rfc822; <an@example.com>`, or nothing if it names none: `x-unix; |/bin/filter`.
 *
 * @see RFC 3464 §2.3.1 on the type before the semicolon; RFC 3461 §4 on `+40` for @, `+2B` for + and `+3D` for =
 */
export function addressOf(field: string): string | undefined {
  const value = field.replace(/^[\w-]{1,32}\s{0,4};/, '');
  const plain = (value.includes('@') ? value : value.replace('+40', '@'))
    .replace(/\+2B/g, '+')
    .replace(/\+3D/g, '=');
  return addressesIn(plain).find((address) => !REDACTED.test(address));
}

/** What stands in place of an address that is not told. */
const REDACTED = /^(?:undisclosed|\*+)(?:-[^@]*)?@|redacted/i;

/** The same in complaints: providers put words there that, in a bounce, may be anybody's address. */
const REDACTED_IN_COMPLAINTS = /^(?:x{2,}|hidden|unknown|recipient)(?:-[^@]*)?@/i;

/** The address of one who complains, unless the provider does not tell it. */
export function complainantIn(field: string): string | undefined {
  const address = addressOf(field);
  return address && REDACTED_IN_COMPLAINTS.test(address) ? undefined : address;
}
