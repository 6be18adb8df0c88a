import { describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { proofsOf } from '../../domain/consent-proof.ts';
import { anEvent, DAY, NOON } from '../support/builders.ts';
import { aGuest, aToken, guestPagesOf } from '../support/guests.ts';
import { aJoinablePlaybook, postForm } from '../support/join.ts';

const press = (app: FastifyInstance, form: Record<string, string | string[]>) => {
  return postForm(app, '/unsubscribe?lang=en', { t: aToken(), ...form });
};

describe('“that was a mistake”', () => {
  it('gives back what was left, as a consent of today to the words on the page', async () => {
    const left = anEvent({ type: 'unsubscribe', n: 2, at: NOON + 1, consent: [], data: { how: 'page' } });
    const withdrawn = proofsOf(left, 'key-an');
    const proofs = [...withdrawn, ...proofsOf(anEvent({ type: 'sign-up', n: 1 }), 'key-an')];
    const guest = aGuest();
    const known = { ...guest.known, consents: { news: { granted: false, at: NOON + 1 } } };
    const who = { ...guest, known };
    const { app, world } = await guestPagesOf(who, NOON + 60_000, aJoinablePlaybook(), proofs);

    const { body } = await press(app, {
      what: 'undo',
      topic: ['news', 'offers', 'clicks', 'service', '$where'],
    });

    expect(body).toContain('We write to you again about: news.');
    expect(world.received).toMatchObject([
      {
        ...{ type: 'consent', at: NOON + 60_000 },
        consent: [
          {
            ...{ topic: 'news', basis: 'consent', wordingVersion: 'playbook 1', locale: 'en' },
            wording: expect.stringContaining('may send me mail about: News.'),
            evidence: { form: 'unsubscribe', restores: withdrawn[0]?.id },
          },
        ],
      },
    ]);
  });

  it('consents to nothing by an old mail, whatever is posted, and says so', async () => {
    const { app, world } = await guestPagesOf(aGuest(), NOON + 1_000 * DAY);

    const { statusCode, body } = await press(app, { what: 'undo', topic: ['offers', 'clicks', 'whatever'] });

    expect([statusCode, world.received]).toEqual([200, []]);
    expect(body).toContain('Nothing was changed');
    expect(body).not.toContain('We write to you again');
  });
});
