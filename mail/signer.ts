import type { DkimSettings } from '../domain/dkim-settings.ts';
import { type DkimKey, signMessage } from './dkim.ts';
import { DkimRefused, readDkimKeys, testKey } from './dkim-keys.ts';

/** A message with our signature on top, or why it must not leave. */
type Signed =
  | { readonly kind: 'signed'; readonly raw: Buffer }
  | { readonly kind: 'unsigned'; readonly because: string };

export type Sign = (raw: Buffer) => Promise<Signed>;

/**
 * Makes the signer that the environment asks for, once all of its keys have signed a sample that verifies.
 *
 * @param from the domain that mails are from; absent: not known yet, it is tried at the first mail
 * @throws DkimRefused when a key is not fit to sign: better no mail than unsigned mail
 */
export async function provenSigner(settings: DkimSettings, from = settings.domain): Promise<Sign> {
  const keys = await readDkimKeys(settings);
  const [fault] = (await Promise.all(keys.map((key) => faultOf(key, from)))).filter(
    (found) => found !== undefined,
  );
  const [first] = keys;
  if (fault || !first) throw new DkimRefused(fault ?? 'RAPPORT_DKIM_KEYS names no key.');
  return createSigner(first, Date.now);
}

async function faultOf(key: DkimKey, from: string): Promise<string | undefined> {
  const fault = await testKey(key, from);
  return fault && `RAPPORT_DKIM_KEYS: the key of "${key.selector}" is not used: ${fault}.`;
}

/**
 * Makes what signs each mail on its way out. The first mail from a domain tries the key out: one that does not stand for
 * its sender does not leave, as who checks would take it for forged.
 *
 * @param now epoch milliseconds, by the wall clock
 */
export function createSigner(key: DkimKey, now: () => number): Sign {
  const tested = new Map<string, Promise<string | undefined>>();
  const faultFor = (domain: string) => {
    const found = tested.get(domain) ?? testKey(key, domain);
    tested.set(domain, found);
    return found;
  };
  return async function sign(raw) {
    const because = await faultFor(senderDomain(raw));
    return because
      ? { kind: 'unsigned', because }
      : { kind: 'signed', raw: await signMessage(raw, key, now()) };
  };
}

/** The domain of the From address, in lower case. */
function senderDomain(raw: Buffer): string {
  const head = raw.toString('latin1', 0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n(?=[ \t])/g, '');
  return /^From:.*@([^\s<>@"]+)>?$/im.exec(head)?.[1]?.toLowerCase() ?? 'nowhere.invalid';
}
