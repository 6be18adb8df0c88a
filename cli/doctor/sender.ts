import { broken, type Check, ok, PROVIDERS, refused, warning } from '../../domain/check.ts';
import type { DkimSettings } from '../../domain/dkim-settings.ts';
import {
  type DmarcPolicy,
  judgeAlignment,
  judgeDkim,
  judgeDmarc,
  judgeMx,
  judgeSpf,
} from '../../domain/mail-records.ts';
import type { DkimKey } from '../../mail/dkim.ts';
import { dkimRecord, readDkimKeys, testKey } from '../../mail/dkim-keys.ts';
import { type Dns, organisationOf } from './dns.ts';

/** Whose name stands on mail, and who stands for it. */
export type Sender = {
  /** The domain of the From address. */
  readonly from: string;
  readonly replyTo: string;
  /** The domain of the envelope's sender: that of From where bounces are not listened to. */
  readonly returnPath: string;
  readonly dkim?: DkimSettings | undefined;
};

const RELAXED: DmarcPolicy = { adkim: 'r', aspf: 'r' };

/** Looks at the keys, at what DNS tells of the sender, and at whether the two agree with what readers see. */
export async function senderChecks(sender: Sender, dns: Dns): Promise<readonly Check[]> {
  const { from, replyTo, returnPath, dkim } = sender;
  const dmarc = judgeDmarc(from, await dmarcOf(from, dns));
  const names = { from, returnPath, ...(dkim && { dkim: dkim.domain }) };
  const domains = [...new Set([from, replyTo, returnPath])];
  return [
    judgeSpf(returnPath, await dns.txt(returnPath)),
    ...(await keyChecks(from, dkim, dns)),
    dmarc.check,
    judgeAlignment(names, dmarc.policy ?? RELAXED, organisationOf),
    ...(await Promise.all(domains.map(async (domain) => judgeMx(domain, await dns.mx(domain))))),
  ];
}

/** A domain without a policy has that of its organisation (RFC 7489 §6.6.3). */
async function dmarcOf(from: string, dns: Dns) {
  const own = await dns.txt(`_dmarc.${from}`);
  const organisation = organisationOf(from);
  return own.kind === 'none' && organisation !== from ? dns.txt(`_dmarc.${organisation}`) : own;
}

async function keyChecks(from: string, dkim: DkimSettings | undefined, dns: Dns): Promise<readonly Check[]> {
  if (!dkim) {
    const says = 'mail leaves here unsigned: the relay has to sign it for the domain of From';
    return [warning('DKIM', { says, mend: 'see that it does, or name a key: RAPPORT_DKIM_KEYS' })];
  }
  const keys = await readDkimKeys(dkim).catch((error: unknown) => String(error));
  if (typeof keys === 'string')
    return [broken('DKIM', { says: keys, mend: 'workers do not start with it: mend RAPPORT_DKIM_KEYS' })];
  const checks = await Promise.all(keys.map((key) => keyCheck(key, from, dns)));
  return checks.flat();
}

async function keyCheck(key: DkimKey, from: string, dns: Dns): Promise<readonly Check[]> {
  const name = `${key.selector}._domainkey.${key.domain}`;
  const fault = await testKey(key, from);
  const mend = 'workers do not start with it: mend RAPPORT_DKIM_DOMAIN and RAPPORT_DKIM_KEYS';
  const trial = `DKIM selector ${key.selector}`;
  return [
    fault ? broken(trial, { says: fault, mend }) : ok(trial, 'signs a sample that verifies'),
    judgeDkim(name, await dns.txt(name), dkimRecord(key)),
  ];
}

/** Looks at whether customers could leave by one click. */
export async function oneClickCheck(publicUrl: string, post: typeof fetch): Promise<Check> {
  const check = 'leaving by one click';
  const by = PROVIDERS.filter((provider) => provider !== 'Microsoft');
  if (!publicUrl.startsWith('https:'))
    return refused(check, by, {
      says: `${publicUrl} is not https: mails cannot promise it (RFC 8058)`,
      mend: 'set PUBLIC_URL to the https address of the pages',
    });
  const says = await answerTo(`${publicUrl}/unsubscribe?t=copy`, post); // of a copy: it changes nothing
  const mend = 'is the API running behind PUBLIC_URL, and does its proxy let POST through?';
  if (says === 200) return ok(check, `${publicUrl} takes it`);
  if (typeof says === 'number')
    return refused(check, by, { says: `${publicUrl} answers it with ${says}`, mend });
  return warning(check, { says: `${publicUrl} could not be reached from here (${says})`, mend });
}

async function answerTo(url: string, post: typeof fetch): Promise<number | string> {
  try {
    const { status } = await post(url, {
      ...{ method: 'POST', body: 'List-Unsubscribe=One-Click', redirect: 'manual' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      signal: AbortSignal.timeout(5_000),
    });
    return status;
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
