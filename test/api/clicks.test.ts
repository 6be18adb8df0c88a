import { describe, expect, it } from '@jest/globals';
import type { ApiDeps } from '../../api/deps.ts';
import type { Click } from '../../data/clicks.ts';
import type { Customer } from '../../domain/customer.ts';
import { createClickLinks } from '../../mail/click-links.ts';
import { anApi, asAdmin, aWorld } from '../support/api.ts';
import { aMail, aTask } from '../support/asked-sends.ts';
import { aCustomer, anEvent, CUSTOMER_ID, NOON } from '../support/builders.ts';

const KEY = `${CUSTOMER_ID}/news/1`;
const TARGET = 'https://shop.example/new';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1';
const clicksOf = createClickLinks('', 'a secret of the tests');
const link = (index = 0) => clicksOf({ customerId: CUSTOMER_ID, key: KEY })(TARGET, index);

const AGREED = [{ topic: 'clicks', basis: 'consent' as const }];

/** Follows a link of a mail that left a minute ago. */
async function follow(
  {
    customer = {},
    consent = AGREED,
    ...deps
  }: Partial<Pick<ApiDeps, 'clicks'>> & {
    customer?: Partial<Customer>;
    consent?: typeof AGREED;
  },
  request: {
    readonly method?: 'GET' | 'HEAD';
    readonly url?: string;
    readonly headers?: Record<string, string>;
  } = {},
) {
  const { method = 'GET', url = link(), headers = {} } = request;
  const noted: Click[] = [];
  const send = { ...aTask({ touch: 'news', customerId: CUSTOMER_ID }), _id: KEY, state: 'accepted' as const };
  const app = await anApi(
    aWorld({
      customers: [aCustomer([anEvent({ type: 'sign-up', n: 1, consent })], customer)],
      sends: [
        {
          ...send,
          ...{ mail: aMail({ template: 'news-1' }), settledAt: new Date(NOON - 60_000) },
          ...{ postponements: 0, delays: { count: 0 }, resends: 0 },
        },
      ],
    }),
    {
      templates: {
        find: async <T extends { readonly id: string }>(id: string): Promise<T | undefined> =>
          JSON.parse(JSON.stringify({ id, links: ['shop.url'] })),
      },
      clicks: {
        ofMail: async () => [],
        note: async (click) => void noted.push(click),
        takeBack: async () => {},
        counts: async () => [],
        mails: async () => new Map(),
      },
      ...deps,
    },
  );
  const response = await app.inject({ method, url, headers: { 'user-agent': PHONE, ...headers } });
  await app.close();
  return { response, noted };
}

describe('GET /c', () => {
  it('counts, by touch and link of the template, and leads on', async () => {
    const { response, noted } = await follow({});

    expect(response.statusCode).toBe(302);
    expect(response.headers.location).toBe(TARGET);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(noted).toEqual([
      {
        mail: expect.stringMatching(/^[\w-]{43}$/),
        customerId: CUSTOMER_ID,
        index: 0,
        touch: 'news',
        link: 'shop.url',
        at: NOON,
        sign: undefined,
      },
    ]);
  });

  it.each([
    ['head', { method: 'HEAD' as const }],
    ['prefetch', { headers: { 'sec-purpose': 'prefetch' } }],
    ['user-agent', { headers: { 'user-agent': 'Barracuda Sentinel' } }],
  ])('counts a machine apart, told by %s', async (sign, request) => {
    const { response, noted } = await follow({}, request);

    expect(response.statusCode).toBe(302);
    expect(noted.map((click) => click.sign)).toEqual([sign]);
  });

  it.each<[string, Parameters<typeof follow>]>([
    ['of somebody erased', [{ customer: { erased: true } }]],
    ['of nobody we know any more', [{ customer: { id: 'another' } }]],
    ['of who agrees no longer', [{ consent: [] }]],
    [
      'of a mail that was forgotten',
      [{}, { url: clicksOf({ customerId: CUSTOMER_ID, key: 'x' })(TARGET, 0) }],
    ],
    ['that its template does not have', [{}, { url: link(1) }]],
  ])('leads on and counts nothing of a link %s', async (_, [world, request]) => {
    const { response, noted } = await follow(world, request);

    expect(response.headers.location).toBe(TARGET);
    expect(noted).toEqual([]);
  });

  it('leads on where counting fails', async () => {
    const away = async () => {
      throw new Error('MongoDB is away');
    };
    const { response } = await follow({
      clicks: {
        ofMail: away,
        note: away,
        takeBack: away,
        counts: async () => [],
        mails: async () => new Map(),
      },
    });

    expect(response.headers.location).toBe(TARGET);
  });

  it('takes back what a machine opened at once, asking after its own visit is kept', async () => {
    const done: unknown[] = [];
    await follow({
      clicks: {
        note: async () => void done.push('note'),
        ofMail: async () => {
          done.push('ofMail');
          return [0, 1, 2].map((index) => ({ link: index, at: NOON + index }));
        },
        takeBack: async (_, at) => void done.push(['takeBack', at]),
        counts: async () => [],
        mails: async () => new Map(),
      },
    });

    expect(done).toEqual(['note', 'ofMail', ['takeBack', NOON]]);
  });

  it.each([
    ['that was tampered with', link().replace('/c?t=', '/c?t=x')],
    ['without a token', '/c'],
    ['with an address for a token', '/c?t=https://evil.example'],
    ['with an address beside it', '/c?url=https://evil.example'],
  ])('leads nowhere from a link %s', async (_, url) => {
    const { response, noted } = await follow({}, { url });

    expect(response.statusCode).toBe(404);
    expect(response.headers.location).toBeUndefined();
    expect(response.body).not.toMatch(/(?:href|action|content)="?(?:\d;\s*url=)?https?:\/\/evil/);
    expect(noted).toEqual([]);
  });
});

describe('GET /v1/results/clicks', () => {
  it('tells people, machines and people per mail, by touch and link', async () => {
    const counts = [{ touch: 'news', link: 'shop.url', people: 3, scanners: 40 }];
    const asked: unknown[] = [];
    const app = await anApi(aWorld(), {
      clicks: {
        ofMail: async () => [],
        note: async () => {},
        takeBack: async () => {},
        counts: async (within) => {
          asked.push(within);
          return counts;
        },
        mails: async () => new Map([['news', 120]]),
      },
    });

    const response = await app.inject({ url: '/v1/results/clicks?from=2026-06-01', headers: asAdmin() });
    const refused = await app.inject({ url: '/v1/results/clicks?from=soon', headers: asAdmin() });
    const closed = await app.inject({ url: '/v1/results/clicks' });
    await app.close();

    expect(response.json()).toEqual({ clicks: [{ ...counts[0], mails: 120, perMail: 0.025 }] });
    expect(asked).toEqual([{ from: Date.UTC(2026, 5, 1) }]);
    expect([refused.statusCode, closed.statusCode]).toEqual([422, 401]);
  });
});
