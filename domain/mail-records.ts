import { type Check, ok, PROVIDERS, refused, unknown, warning } from './check.ts';

/** What DNS answers; `unanswered`: nobody did, so nothing is known. */
export type Found =
  | { readonly kind: 'found'; readonly records: readonly string[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unanswered' };

/** Gmail, Yahoo and Microsoft each want SPF and DKIM, both, and a DMARC policy of whoever sends many mails. */
const ALL = PROVIDERS;
const NOT_ASKED = 'could not be looked up: no DNS server answers here';

/**
 * Judges who may send for a domain.
 *
 * @see RFC 7208 §4.5
 */
export function judgeSpf(domain: string, found: Found): Check {
  const check = `SPF of ${domain}`;
  if (found.kind === 'unanswered') return unknown(check, NOT_ASKED);
  const records = recordsIn(found).filter((record) => /^v=spf1(\s|$)/i.test(record));
  const [record = ''] = records;
  const add = `add the TXT record "v=spf1 include:<your relay> -all" to ${domain}`;
  if (records.length === 0) return refused(check, ALL, { says: 'there is none', mend: add });
  if (records.length > 1)
    return refused(check, ALL, { says: 'there are two, which count as none', mend: 'make one of them' });
  if (/\s\+?all(\s|$)/i.test(record))
    return warning(check, { says: `"${record}" lets anybody send`, mend: 'end it with -all' });
  return ok(check, `"${record}"; whether your relay is in it is for the relay to say`);
}

/**
 * Judges what the world reads of a key by which we sign.
 *
 * @param name `<selector>._domainkey.<domain>`
 * @param record what should stand there
 */
export function judgeDkim(name: string, found: Found, record: string): Check {
  const check = `DKIM key ${name}`;
  if (found.kind === 'unanswered') return unknown(check, NOT_ASKED);
  const mend = `let the TXT record of ${name} read: ${record}`;
  const [read] = recordsIn(found).filter((one) => tagsOf(one).p !== undefined);
  if (read === undefined) return refused(check, ALL, { says: 'there is none', mend });
  const { p = '', t = '' } = tagsOf(read);
  if (p === '') return refused(check, ALL, { says: 'it is withdrawn', mend });
  if (p.replaceAll(/\s/g, '') !== tagsOf(record).p)
    return refused(check, ALL, { says: 'it is not ours: nothing that we sign verifies', mend });
  if (t.split(':').includes('y'))
    return warning(check, { says: 'it says t=y, a test: it counts for nothing', mend: 'take t=y out' });
  return ok(check, 'it is ours');
}

export type DmarcPolicy = { readonly adkim: 'r' | 's'; readonly aspf: 'r' | 's' };

/** Judges what a domain wants done with mail that only pretends to be from it. */
export function judgeDmarc(from: string, found: Found): { check: Check; policy?: DmarcPolicy } {
  const check = `DMARC of ${from}`;
  if (found.kind === 'unanswered') return { check: unknown(check, NOT_ASKED) };
  const [record] = recordsIn(found).filter((one) => /^v=DMARC1\s*(;|$)/.test(one));
  const { p, rua, adkim, aspf } = tagsOf(record ?? '');
  if (!p || !['none', 'quarantine', 'reject'].includes(p.toLowerCase())) {
    const mend = `add the TXT record "v=DMARC1; p=none; rua=mailto:<who reads reports>" to _dmarc.${from}`;
    return { check: refused(check, ALL, { says: 'there is none', mend }) };
  }
  const policy = { adkim: strictness(adkim), aspf: strictness(aspf) };
  const mend = 'add rua=mailto:<who reads reports>, to hear who sends in your name';
  if (!rua) return { check: warning(check, { says: `p=${p}, and nobody hears of it`, mend }), policy };
  const further = p === 'none' ? '; once its reports are good: p=quarantine, then p=reject' : '';
  return { check: ok(check, `p=${p}${further}`), policy };
}

export type Senders = {
  /** The domain that readers see. */
  readonly from: string;
  /** The `d=` of our signature; absent: a relay signs. */
  readonly dkim?: string;
  /** The domain of the envelope's sender. */
  readonly returnPath: string;
};

/**
 * Judges whether what stands for a mail stands for the domain that its reader sees.
 *
 * @param organisation the registered domain that a domain is part of
 * @see RFC 7489 §3.1
 */
export function judgeAlignment(
  { from, dkim, returnPath }: Senders,
  { adkim, aspf }: DmarcPolicy,
  organisation: (domain: string) => string,
): Check {
  const check = `alignment with From ${from}`;
  const covers = (domain: string | undefined, mode: 'r' | 's') =>
    domain === from || (mode === 'r' && domain !== undefined && organisation(domain) === organisation(from));
  const [byDkim, bySpf] = [covers(dkim, adkim), covers(returnPath, aspf)];
  const told = `DKIM ${dkim ?? 'by the relay'}, return path ${returnPath}`;
  const mend = `let RAPPORT_DKIM_DOMAIN be ${organisation(from)}`;
  if (byDkim) return ok(check, bySpf ? told : `${told}: by DKIM alone`);
  if (bySpf)
    return warning(check, {
      says: `${told}: by SPF alone, which ends when a mail is forwarded`,
      mend: dkim ? mend : `have the relay sign for ${organisation(from)}, or sign here: RAPPORT_DKIM_KEYS`,
    });
  return refused(check, ALL, { says: `${told}: neither stands for it`, mend });
}

/** Judges where answers and bounces go. */
export function judgeMx(domain: string, found: Found): Check {
  const check = `MX of ${domain}`;
  if (found.kind === 'unanswered') return unknown(check, NOT_ASKED);
  const hosts = recordsIn(found).filter((host) => host !== '' && host !== '.');
  if (hosts.length > 0) return ok(check, hosts.join(', '));
  const says = 'it takes no mail: answers and bounces reach nobody, and some servers refuse mail from there';
  return warning(check, { says, mend: `add an MX record to ${domain}` });
}

/** Judges whether a server that answers for an address has a name that leads back to it. */
export function judgePtr(address: string, names: Found, back: readonly string[]): Check {
  const check = `PTR of ${address}`;
  if (names.kind === 'unanswered') return unknown(check, NOT_ASKED);
  if (back.includes(address)) return ok(check, `${recordsIn(names).join(', ')}, and back`);
  const says =
    'no name that leads back to it; should mail leave from this address, Gmail and Yahoo refuse it';
  return warning(check, { says, mend: 'ask whoever runs the mail server for forward and reverse DNS' });
}

function recordsIn(found: Found): readonly string[] {
  return found.kind === 'found' ? found.records : [];
}

/** `v=DKIM1; k=rsa; p=…` by its tags. */
function tagsOf(record: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    record.split(';').flatMap((tag) => {
      const at = tag.indexOf('=');
      return at < 0 ? [] : [[tag.slice(0, at).trim(), tag.slice(at + 1).trim()]];
    }),
  );
}

function strictness(mode: string | undefined): 'r' | 's' {
  return mode?.toLowerCase() === 's' ? 's' : 'r';
}
