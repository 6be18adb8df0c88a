import { createHash } from 'node:crypto';
import type { Taken } from '../../data/reports.ts';
import { isCounted } from '../../domain/circuit-breaker.ts';
import type { DeliveryReport } from '../../domain/delivery-report.ts';
import { DELIVERY_NORMALISERS, type DeliveryProvider } from '../../domain/normalise-delivery.ts';
import type { ProviderReport } from '../../domain/provider-report.ts';
import { readToken } from '../../domain/return-path.ts';
import { classify } from '../../mail/bounce.ts';
import type { ApiDeps } from '../deps.ts';

export type DeliveryDeps = Pick<ApiDeps, 'reports' | 'breaker' | 'addressKey' | 'settings' | 'clock'>;

/** Takes in what a provider tells, each by the mail that it names, else by its address. */
export async function takeDelivery(
  provider: DeliveryProvider,
  body: unknown,
  deps: DeliveryDeps,
): Promise<{ readonly taken: readonly Taken[] }> {
  const taken: Taken[] = [];
  const reports = DELIVERY_NORMALISERS[provider](body).map((told) => ({ ...told, report: weighed(told) }));
  for (const told of reports) taken.push(await take(provider, told, deps));
  if (reports.some(({ report }) => isCounted(report))) await deps.breaker.consider(deps.clock.serverTime());
  return { taken };
}

async function take(
  provider: DeliveryProvider,
  { report, address, tokens, id }: ProviderReport,
  { reports, addressKey, settings }: DeliveryDeps,
): Promise<Taken> {
  const told = { report, how: 'provider' as const };
  const theirs = createHash('sha256').update(`${provider}/${id}`).digest('hex').slice(0, 16);
  const mail = tokens.flatMap((token) => readToken(settings.secrets, token) ?? [])[0];
  const isAnew = report.kind === 'unsubscribe'; // they may have joined again since the last time
  if (mail?.kind === 'confirmation') return reports.ofConfirmation(mail.ref, async () => told);
  if (mail) return reports.ofMail(mail, async () => (isAnew ? { ...told, id: theirs } : told));
  return reports.ofAddress(addressKey(address), { ...told, id: theirs });
}

/** What most servers refuse an address with, where a provider repeats their words without the code. */
const REFUSED = 550;

/**
 * Providers call hard whatever was refused for good, also what blames us, or a mailbox that is full. What they repeat
 * of the server, its words or its status, has to say that the address is gone; where they repeat nothing, they know.
 */
function weighed({ report, words = '' }: ProviderReport): DeliveryReport {
  if (report.kind !== 'bounce' || report.class !== 'hard') return report;
  const told = `${words} ${report.status ?? ''}`.trim();
  if (told === '') return report;
  const [code = REFUSED] = /\b[45]\d\d\b/.exec(words) ?? [];
  return { ...report, class: classify(Number(code), told).class };
}
