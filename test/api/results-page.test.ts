import { describe, expect, it } from '@jest/globals';
import type { ApiDeps } from '../../api/deps.ts';
import { createResultsLately } from '../../api/pages/results-lately.ts';
import type { ResultsWanted } from '../../data/results.ts';
import { anApi, signIn } from '../support/api.ts';
import { DAY, NOON } from '../support/builders.ts';
import { aCount, someResults } from '../support/results-counted.ts';

async function look(countResults: ApiDeps['countResults'], query = '?lang=en') {
  const app = await anApi(undefined, { countResults });
  const cookie = String((await signIn(app)).headers['set-cookie']).split(';')[0] ?? '';
  return app.inject({ url: `/results${query}`, headers: { cookie, accept: 'text/html' } });
}

/** What stands in the card of a touch. */
function cardOf(body: string, touch: string): string {
  const cards = body.split('<section class="results-notes"')[0]?.split('<li class="card result">') ?? [];
  return cards.find((card) => card.includes(`<h3>${touch}`)) ?? '';
}

describe('/results', () => {
  it('says that it is too early while nothing was sent', async () => {
    const { statusCode, body } = await look(async () => []);

    expect(statusCode).toBe(200);
    expect(body).toContain('Too early to tell: nothing was sent in this time.');
  });

  it.each([
    ['A small treat', 'More orders: +8.6 percentage points, very likely between +5.7 and +11.4.', 2],
    ['Birthday wish', 'Fewer orders: -5.1 percentage points, very likely between -7.7 and -2.7.', 2],
    ['“How was it?”', 'Too early to tell: the difference lies between -3.3 and +3.2 percentage points', 2],
    ['“Good to know”', 'Too early to tell: too few customers', 0],
    ['“What goes well with it”', 'Nobody was held out', 0],
    ['Thank-you', 'Service mail goes to everybody', 1],
  ])('says of %s what can be said, with as many bars', async (touch, verdict, bars) => {
    const { body } = await look(async ({ per }) => (per === 'touch' ? someResults() : []));

    const card = cardOf(body, touch);
    expect(card).toContain(verdict);
    expect(card.split(/class="bar-/).length - 1).toBe(bars);
    expect(card.includes('class="interval ')).toBe(card.includes('percentage points'));
  });

  it('makes no rate of a few', async () => {
    const { body } = await look(async () => someResults());

    const card = cardOf(body, '“What goes well with it”');
    expect(card).toContain('1 of 1 mails were followed by an order');
    expect(card).toContain('unsubscribed through it: 1');
    expect(card).not.toContain('%');
  });

  it('tells what else came of it, in Dutch', async () => {
    const { body } = await look(
      async () => [aCount({ sent: 100, cost: { EUR: 125_050 }, unsubscribes: 5 })],
      '?lang=nl',
    );

    const card = body.replaceAll(/\s/g, ' ');
    expect(card).toContain('ter waarde van € 1.250,50');
    expect(card).toContain('afgemeld erdoor: 5 (5%)');
    expect(card).not.toContain('klachten binnen');
  });

  it('shows phases in their order, and channels by name', async () => {
    const names = ['ambassador', 'first-contact'];
    const { body } = await look(
      async () => names.map((name) => aCount({ name, channel: 'event', sent: 1 })),
      '?lang=en&by=channel&days=30',
    );

    expect(body.indexOf('First contact')).toBeLessThan(body.indexOf('Ambassador'));
    expect(cardOf(body, 'Ambassador')).toContain('pill');
  });

  it('says so where it cannot be counted in time', async () => {
    const { statusCode, body } = await look(() => Promise.reject(new Error('too slow')));

    expect([statusCode, body.includes('too much to count')]).toEqual([200, true]);
  });

  it('is closed to whoever is not signed in', async () => {
    const app = await anApi();

    expect((await app.inject('/results')).headers.location).toBe('/sign-in?next=%2Fresults');
  });
});

describe('createResultsLately', () => {
  it('counts each view once in ten minutes', async () => {
    const clock = { time: 0, now: () => NOON, serverTime: () => clock.time };
    const asked: ResultsWanted[] = [];
    const countResults: ApiDeps['countResults'] = async (wanted) => {
      asked.push(wanted);
      return [];
    };
    const lately = createResultsLately({ countResults, clock }, () => {});
    const view = { per: 'touch', days: 30, byChannel: false } as const;

    await Promise.all([lately(view), lately(view), lately({ ...view, per: 'phase' })]);
    expect(asked.map(({ per, from }) => [per, from])).toEqual([
      ['touch', NOON - 30 * DAY],
      ['phase', NOON - 30 * DAY],
    ]);

    clock.time = 10 * 60_000;
    await lately(view);
    expect(asked).toHaveLength(3);
  });
});
