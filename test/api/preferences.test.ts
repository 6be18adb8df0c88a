import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { Customer } from '../../domain/customer.ts';
import type { World } from '../support/api.ts';
import { CUSTOMER_ID, DAY, NOON } from '../support/builders.ts';
import { aGuest, aToken, guestPagesOf } from '../support/guests.ts';
import { postForm } from '../support/join.ts';

let app: FastifyInstance;
let world: World;
beforeEach(async () => {
  ({ app, world } = await guestPagesOf(aGuest()));
});

async function of(customer: Customer, now?: number): Promise<void> {
  ({ app, world } = await guestPagesOf(customer, now));
}

const look = (path = 'preferences') => app.inject(`/${path}?t=${aToken()}&lang=en`);
const press = (form: Record<string, string | string[]>, path = 'preferences') => {
  return postForm(app, `/${path}?lang=en`, { t: aToken(), ...form });
};
const withKnown = (known: object) => {
  const guest = aGuest();
  return { ...guest, known: { ...guest.known, ...known } };
};

describe('GET /preferences', () => {
  it('shows the topics as they stand, each explained, in the customer’s language, and changes nothing', async () => {
    const { statusCode, body } = await app.inject(`/preferences?t=${aToken()}`);

    expect(statusCode).toBe(200);
    expect(body).toContain('<html lang="nl">');
    expect(body).toMatch(/value="news" checked/);
    expect(body).toContain('Hoe je geniet van wat je hebt');
    expect(body).not.toContain('an@example.com');
    expect(body).not.toContain('value="orders"');
    expect(world.received).toEqual([]);
  });

  it.each([
    ['somebody who is paused', withKnown({ pause: { until: NOON + DAY } }), 'Quiet until 2 June 2026.'],
    [
      'somebody whose address is suppressed',
      aGuest({ suppressed: 'hard-bounce' }),
      'not write to this address',
    ],
    ['somebody who ended', withKnown({ ended: true }), 'do not write to you at all at the moment'],
  ])('tells %s', async (_, customer, said) => {
    await of(customer);

    expect((await look()).body).toContain(said);
  });
});

describe('the buttons of /preferences', () => {
  it('keep what is ticked and what is not as one event, and how often as another', async () => {
    const { body } = await press({ what: 'choices', topic: ['tips'], every: '7' });

    expect(body).toContain('Saved.');
    expect(world.received).toMatchObject([
      { customerId: CUSTOMER_ID, type: 'consent', consent: [{ topic: 'news', withdrawn: true }] },
      { type: 'profile', customer: { everyDays: 7 } },
    ]);
  });

  it('keep an objection to being profiled, and its withdrawal', async () => {
    expect((await press({ what: 'object' })).body).toContain('we choose nothing for you any more');
    expect((await press({ what: 'profile' })).body).toContain('stood so already');
    await of(withKnown({ objection: { at: 0 } }));
    expect((await press({ what: 'profile' })).body).toContain('we may choose for you again');

    const told = world.received.slice(-1);
    expect(told).toMatchObject([{ type: 'objection', data: { withdrawn: true } }]);
  });

  it('keep nothing where all of it stands so', async () => {
    const { body } = await press({ what: 'choices', topic: ['news', 'tips'], every: '0' });

    expect(body).toContain('stood so already');
    expect(world.received).toEqual([]);
  });

  it('give a consent with its wording, its version and its language', async () => {
    await of(withKnown({ consents: {} }));
    await press({ what: 'choices', topic: ['news', 'service', 'unheard-of'] });

    expect(world.received).toMatchObject([
      {
        consent: [
          {
            ...{ topic: 'news', basis: 'consent', wordingVersion: 'playbook 1', locale: 'en' },
            wording: expect.stringContaining('News. What is new'),
            evidence: { form: 'preferences' },
          },
        ],
      },
    ]);
  });

  it('pause for a month by the calendar, and end it', async () => {
    expect((await press({ what: 'pause' })).body).toContain('until 1 July 2026');
    expect(world.received).toMatchObject([
      { type: 'pause', data: { until: Date.parse('2026-07-01T10:01:00Z') } },
    ]);

    await of(withKnown({ pause: {}, marks: { paused: { at: NOON + DAY } } }));
    expect((await press({ what: 'resume' })).body).toContain('write again');
    expect(world.received).toMatchObject([{ type: 'resume', at: NOON + DAY + 1 }]);
  });

  it('change the language and the birthday', async () => {
    await press({ what: 'about', language: 'en', day: '29', month: '2' });

    expect(world.received).toMatchObject([
      { type: 'profile', customer: { locale: 'en', birthday: '02-29' } },
    ]);
  });

  it('keep the region of a language, and the year of a birthday', async () => {
    const guest = aGuest();
    await of(withKnown({ profile: { ...guest.known.profile, birthday: '1984-06-21' } }));
    await press({ what: 'about', language: 'nl', day: '21', month: '6' });

    expect(world.received).toEqual([]);
  });

  it('take the birthday back where day and month are left open, and nothing where there is none', async () => {
    await press({ what: 'about', day: '', month: '' });
    expect(world.received).toEqual([]);

    await of(withKnown({ profile: { ...aGuest().known.profile, birthday: '1984-06-21' } }));
    await press({ what: 'about', language: 'nl', day: '', month: '' });
    expect(world.received).toMatchObject([{ type: 'profile', customer: { birthday: '' } }]);
  });

  it.each([
    ['31', '2'],
    ['3', ''],
    ['x', '1'],
    ['-1', '1'],
  ])('refuse the birthday %s-%s beside the form', async (day, month) => {
    const { statusCode, body } = await press({ what: 'about', day, month });

    expect(statusCode).toBe(422);
    expect(body).toContain('role="alert"');
    expect(world.received).toEqual([]);
  });

  it('are not pressed by what is no button', async () => {
    expect((await press({ what: 'constructor' })).statusCode).toBe(200);
    expect((await press({})).statusCode).toBe(200);
    expect(world.received).toEqual([]);
  });
});

describe('what is about the person', () => {
  it('is shown, and erased after being asked once more', async () => {
    expect((await look('preferences/data')).body).toContain('an@example.com');
    const { headers, body } = await look('preferences/data.json');
    expect(headers['content-disposition']).toContain('attachment');
    expect(JSON.parse(body)).toMatchObject({ customer: { email: 'an@example.com' }, language: 'en' });
    expect((await look('preferences/erase')).body).toContain('Shall we erase you?');
    expect(world.erased).toEqual([]);

    expect((await press({}, 'preferences/erase')).body).toContain('You are erased');
    expect(world.erased).toEqual([CUSTOMER_ID]);
  });

  it('asks for a newer link where the mail is older than 90 days; leaving and choosing always work', async () => {
    await of(aGuest(), NOON + 90 * DAY);
    const closed = [
      await look('preferences/data'),
      await look('preferences/data.json'),
      await look('preferences/erase'),
      await press({}, 'preferences/erase'),
      await press({ what: 'about', language: 'en' }),
    ];

    for (const { statusCode, body } of closed) {
      expect(statusCode).toBe(403);
      expect(body).toContain('come by a newer mail');
      expect(body).not.toContain('an@example.com');
    }
    expect([world.received, world.erased]).toEqual([[], []]);
    expect((await look()).body).not.toContain('name="day"');
    expect((await press({ what: 'choices', topic: [] })).body).toContain('Saved.');
  });
});
