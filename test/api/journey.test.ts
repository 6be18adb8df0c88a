import { describe, expect, it } from '@jest/globals';
import { STATES, stateOf } from '../../api/journey-state.ts';
import type { Known } from '../../domain/customer.ts';
import { anApi, asAdmin, aWorld } from '../support/api.ts';
import { aCustomer, anEvent, aPurchase, CUSTOMER_ID, DAY, HOUR, NOON } from '../support/builders.ts';
import { aJourney, aSend } from '../support/ledger.ts';

const because = { type: 'purchase', id: 'shop/purchase-1', at: NOON };
const iso = (at: number) => new Date(at).toISOString();

describe('GET /v1/customers/:id/journey', () => {
  it('tells where a customer is, what comes, what was sent and what was decided', async () => {
    const agenda = [
      {
        touch: 'thank-you',
        occasion: 'o-1',
        due: NOON + HOUR,
        wanted: NOON + HOUR,
        because,
        expires: NOON + DAY,
        priority: 90,
      },
      { touch: 'good-to-know', occasion: '1', wanted: NOON, because, priority: 50 },
    ];
    const journey = aJourney({ agenda, since: NOON - DAY, playbook: 7 });
    const app = await anApi(
      aWorld({
        customers: [aCustomer([aPurchase(1)], { journey })],
        sends: [
          aSend({
            touch: 'welcome',
            settledAt: new Date(NOON),
            outcome: { kind: 'delayed', until: NOON + HOUR },
          }),
        ],
        decisions: [
          {
            ...{
              customerId: CUSTOMER_ID,
              seq: 3,
              at: NOON,
              phase: 'relationship',
              playbook: 7,
              heard: [because],
            },
            changes: [{ kind: 'planned', touch: 'thank-you', occasion: 'o-1', due: NOON + HOUR, because }],
          },
        ],
      }),
    );

    const answer = await app.inject({ url: `/v1/customers/${CUSTOMER_ID}/journey`, headers: asAdmin() });

    const cause = { type: 'purchase', id: 'shop/purchase-1', at: iso(NOON) };
    expect(answer.json()).toEqual({
      customerId: CUSTOMER_ID,
      phase: 'relationship',
      since: iso(NOON - DAY),
      state: 'active',
      objection: null,
      playbook: 7,
      agenda: [
        {
          touch: 'thank-you',
          occasion: 'o-1',
          due: iso(NOON + HOUR),
          because: cause,
          expires: iso(NOON + DAY),
          priority: 90,
        },
        { touch: 'good-to-know', occasion: '1', due: null, because: cause, expires: null, priority: 50 },
      ],
      sends: [
        {
          key: `${CUSTOMER_ID}/welcome/1`,
          ...{ touch: 'welcome', occasion: '1', at: iso(NOON) },
          outcome: { kind: 'delayed', until: iso(NOON + HOUR) },
        },
      ],
      decisions: [
        {
          ...{ seq: 3, at: iso(NOON), heard: [cause] },
          changes: [
            { kind: 'planned', touch: 'thank-you', occasion: 'o-1', due: iso(NOON + HOUR), because: cause },
          ],
        },
      ],
    });
  });

  it('tells the phase that the facts imply, before the first decision', async () => {
    const app = await anApi(aWorld({ customers: [aCustomer([aPurchase(1)])] }));

    const answer = await app.inject({ url: `/v1/customers/${CUSTOMER_ID}/journey`, headers: asAdmin() });

    expect(answer.json()).toMatchObject({
      phase: 'getting-acquainted',
      since: iso(NOON),
      playbook: 0,
      agenda: [],
    });
  });

  it('answers the newest 50, and pages back by time', async () => {
    const sends = Array.from({ length: 60 }, (_, i) =>
      aSend({ touch: 'news', occasion: `${i}`, due: NOON - i * DAY }),
    );
    const app = await anApi(aWorld({ customers: [aCustomer([])], sends }));
    const page = async (query: string) => {
      const url = `/v1/customers/${CUSTOMER_ID}/journey${query}`;
      return (await app.inject({ url, headers: asAdmin() })).json().sends;
    };

    const newest = await page('');
    const older = await page(`?before=${iso(NOON - 49 * DAY)}`);

    expect(newest).toHaveLength(50);
    expect(older.map(({ occasion }: { occasion: string }) => Number(occasion))).toEqual([
      50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
    ]);
  });

  it.each(['?before=yesterday', '?bfore=2026-06-01T00:00:00Z'])('refuses %s', async (query) => {
    const app = await anApi(aWorld({ customers: [aCustomer([])] }));

    const answer = await app.inject({
      url: `/v1/customers/${CUSTOMER_ID}/journey${query}`,
      headers: asAdmin(),
    });

    expect(answer.statusCode).toBe(422);
  });
});

describe('stateOf', () => {
  const ended = { ended: true };
  const held = { complaints: { open: ['shop/complaint-1'] } };
  const paused = { pause: {} };

  it.each<[string, Partial<Known>, boolean]>([
    ['active', {}, false],
    ['resting', {}, true],
    ['paused', paused, true],
    ['held', { ...held, ...paused }, true],
    ['ended', { ...ended, ...held, ...paused }, true],
    ['active', { pause: { until: NOON - HOUR } }, false],
    ['paused', { pause: { until: NOON + HOUR } }, false],
  ])('is %s for %j, resting %j', (state, known, resting) => {
    const customer = aCustomer([anEvent({ type: 'sign-up', n: 1 })], { journey: aJourney({ resting }) });

    expect(stateOf({ ...customer, known: { ...customer.known, ...known } }, NOON)).toBe(state);
    expect(STATES).toContain(state);
  });
});
