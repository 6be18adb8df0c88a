import { isIP } from 'node:net';
import { broken, type Check, ok, unknown, warning } from '../../domain/check.ts';
import { judgePtr } from '../../domain/mail-records.ts';
import { openLine, type SmtpTarget, smtpTarget } from '../../mail/smtp-line.ts';
import type { Dns } from './dns.ts';
import { probeSmtp, type SmtpHost, type SmtpProbe } from './smtp-probe.ts';

const PATIENCE_MS = 10_000;
const LOCAL = /^(localhost|127\..*|::1)$/;
const OLD_TLS = ['TLSv1', 'TLSv1.1', 'SSLv3'];

/** Looks at the server that mail is handed to: whether it answers, how it is spoken to, and whether a worker gets in. */
export async function mailServerChecks(smtpUrl: string, dns: Dns): Promise<readonly Check[]> {
  const target = smtpTarget(smtpUrl, PATIENCE_MS);
  const at = hostOf(target);
  const name = `mail server ${at.host}:${at.port}`;
  const probe = await probeSmtp(at).catch((error: unknown) => String(error));
  if (typeof probe === 'string')
    return [
      broken(name, { says: `does not answer (${probe})`, mend: 'is it running, and is SMTP_URL right?' }),
    ];
  return [
    ok(name, `answers; it offers ${probe.extensions.map((line) => line.split(' ')[0]).join(', ')}`),
    tlsCheck(at, probe, target),
    await wayIn(target, probe),
    ...(await ptrChecks(at.host, dns)),
  ];
}

function hostOf({ options }: SmtpTarget): SmtpHost {
  const { host = 'localhost', secure = false } = options;
  return { host, secure, port: Number(options.port) || (secure ? 465 : 587) };
}

function tlsCheck({ host }: SmtpHost, { tls }: SmtpProbe, { auth }: SmtpTarget): Check {
  const check = `TLS to ${host}`;
  if (!tls && LOCAL.test(host)) return ok(check, 'in the clear, within this machine');
  const mend = 'use a relay with TLS: smtps://… or STARTTLS on port 587';
  if (!tls) {
    const password = auth ? ', your password too' : '';
    return warning(check, {
      says: `mail goes in the clear${password}; Gmail wants TLS on the whole way`,
      mend,
    });
  }
  if (OLD_TLS.includes(tls.protocol)) return warning(check, { says: `${tls.protocol} is broken`, mend });
  if (tls.problem)
    return warning(check, {
      says: `${tls.protocol}; its certificate is not trusted: ${tls.problem}`,
      mend: 'give it a certificate of a known authority, or name its own in NODE_EXTRA_CA_CERTS',
    });
  return ok(check, `${tls.protocol}, with a certificate until ${tls.validUntil}`);
}

/** Goes in as a worker does, signing in where there is a password, and out again. */
async function wayIn(target: SmtpTarget, { extensions }: SmtpProbe): Promise<Check> {
  const check = 'the way in, as a worker takes it';
  const line = await openLine(target, AbortSignal.timeout(PATIENCE_MS));
  if ('kind' in line) {
    const mend = 'mend SMTP_URL (name, password, port), or the certificate above';
    return broken(check, { says: line.reply, mend });
  }
  line.quit();
  line.close();
  if (target.auth) return ok(check, 'open: name and password are right');
  const offered = extensions.some((line) => line.startsWith('AUTH'));
  return ok(
    check,
    offered ? 'open without a password, though it offers to sign in' : 'open, without a password',
  );
}

/** Of the server's own addresses: where mail leaves to the world from others, only its mails' headers show. */
async function ptrChecks(host: string, dns: Dns): Promise<readonly Check[]> {
  if (LOCAL.test(host)) return [];
  const found = isIP(host) ? { kind: 'found' as const, records: [host] } : await dns.addresses(host);
  if (found.kind !== 'found') return [unknown(`PTR of ${host}`, 'its addresses could not be looked up')];
  return Promise.all(found.records.slice(0, 2).map((address) => ptrCheck(address, dns)));
}

async function ptrCheck(address: string, dns: Dns): Promise<Check> {
  const names = await dns.names(address);
  const back =
    names.kind === 'found' ? await Promise.all(names.records.map((name) => dns.addresses(name))) : [];
  return judgePtr(
    address,
    names,
    back.flatMap((found) => (found.kind === 'found' ? found.records : [])),
  );
}
