import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import type { World } from '../support/api.ts';
import { askPages, tokenOf } from '../support/asked.ts';
import { aGuest } from '../support/guests.ts';
import { postForm } from '../support/join.ts';

let app: FastifyInstance;
let world: World;
beforeEach(async () => {
  ({ app, world } = await askPages());
});

const look = () => app.inject(`/answer?t=${tokenOf('profile')}&lang=en`);
const send = (form: Record<string, string | string[]>) => {
  return postForm(app, '/answer?lang=en', { t: tokenOf('profile'), ...form });
};

describe('questions about the customer', () => {
  it('come two at a time, and fill what is known', async () => {
    expect((await look()).body).toMatch(/What do you like\?[\s\S]*When is your birthday\?/);
    expect((await look()).body).not.toContain('How often may we write');

    await send({ 'about-interests': ' jazz, folk ,, jazz', day: '21', month: '6' });

    expect(world.received).toMatchObject([
      {
        event: {
          type: 'profile',
          customer: { interests: ['jazz', 'folk'], birthday: '06-21' },
          data: { answers: { interests: ['jazz', 'folk'], birthday: '06-21' } },
        },
      },
    ]);
  });

  it('are the playbook’s, in the language of the reader, and never one that is known', async () => {
    const options = [
      { nl: 'mezelf', en: 'me' },
      { nl: 'een ander', en: 'another' },
    ];
    const title = { nl: 'Voor wie koop je?', en: 'For whom do you buy?' };
    const guest = aGuest();
    const profile = { ...guest.known.profile, interests: ['jazz'] };
    const customer = { ...guest, known: { ...guest.known, profile } };
    const questions = [{ key: 'interests' }, { key: 'for-whom', title, options }, { key: 'often' }];
    ({ app, world } = await askPages({ customer, profile: questions }));

    const { body } = await app.inject(`/answer?t=${tokenOf('profile')}`);
    expect(body).toMatch(/Voor wie koop je\?[\s\S]*een ander[\s\S]*Hoe vaak mogen we schrijven/);
    expect(body).not.toContain('Waar hou je van?');

    await send({ 'about-for-whom': 'another', 'about-often': '30', 'about-interests': 'soul' });
    expect(world.answers).toMatchObject([{ said: { answers: { 'for-whom': 'another', often: 30 } } }]);
    expect(world.received).toMatchObject([{ event: { customer: { everyDays: 30 } } }]);
  });

  it('end when all is known', async () => {
    const guest = aGuest();
    const profile = { ...guest.known.profile, answered: ['often'], birthday: '06-21', interests: ['jazz'] };
    ({ app, world } = await askPages({ customer: { ...guest, known: { ...guest.known, profile } } }));

    expect((await look()).body).toContain('We know all we wanted to ask');
  });
});
