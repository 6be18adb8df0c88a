import { Resolver } from 'node:dns/promises';
import { getDomain } from 'tldts';
import type { Found } from '../../domain/mail-records.ts';

/** What is asked of DNS; the tests answer it themselves. */
export type Dns = {
  txt(name: string): Promise<Found>;
  /** The hosts, the preferred first. */
  mx(name: string): Promise<Found>;
  /** IPv4 and IPv6. */
  addresses(name: string): Promise<Found>;
  /** The names of an address. */
  names(address: string): Promise<Found>;
};

/** DNS says for sure that there is nothing. */
const NOTHING = ['ENOTFOUND', 'ENODATA'];

/** A name that has existed since 1985: where even this one is not known, DNS tells nothing of the world. */
const EVERYWHERE = 'com';

/** Makes what asks the machine's DNS servers, each question for a few seconds at most. */
export function createDns(): Dns {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  let reachable: Promise<boolean> | undefined;
  const ask = async (question: () => Promise<readonly string[]>): Promise<Found> => {
    reachable ??= resolver.resolveNs(EVERYWHERE).then(
      () => true,
      () => false,
    );
    return (await reachable) ? answerTo(question) : { kind: 'unanswered' };
  };
  return {
    txt: (name) => ask(async () => (await resolver.resolveTxt(name)).map((parts) => parts.join(''))),
    mx: (name) =>
      ask(async () => (await resolver.resolveMx(name)).sort(byPriority).map(({ exchange }) => exchange)),
    addresses: async (name) =>
      both(await ask(() => resolver.resolve4(name)), await ask(() => resolver.resolve6(name))),
    names: (address) => ask(() => resolver.reverse(address)),
  };
}

function both(...answers: readonly Found[]): Found {
  const records = answers.flatMap((found) => (found.kind === 'found' ? found.records : []));
  if (records.length > 0) return { kind: 'found', records };
  return answers.find(({ kind }) => kind === 'unanswered') ?? { kind: 'none' };
}

async function answerTo(question: () => Promise<readonly string[]>): Promise<Found> {
  try {
    const records = await question();
    return records.length > 0 ? { kind: 'found', records } : { kind: 'none' };
  } catch (error) {
    const code = error && typeof error === 'object' && 'code' in error ? String(error.code) : '';
    return { kind: NOTHING.includes(code) ? 'none' : 'unanswered' };
  }
}

function byPriority(a: { readonly priority: number }, b: { readonly priority: number }): number {
  return a.priority - b.priority;
}

/** The registered domain that a domain is part of: `shop.co.uk` of `news.shop.co.uk`; else the domain itself. */
export function organisationOf(domain: string): string {
  return getDomain(domain, { allowPrivateDomains: true }) ?? domain;
}
