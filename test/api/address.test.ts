import { describe, expect, it } from '@jest/globals';
import { anApi, aWorld, signIn } from '../support/api.ts';
import { CUSTOMER_ID, NOON } from '../support/builders.ts';
import { AT_HOME, aGift, aHomelessGift, fakeGifts } from '../support/gifts.ts';
import { aGuest, aToken, MAIL } from '../support/guests.ts';
import { aJoinablePlaybook } from '../support/join.ts';

const FORM = {
  name: 'An Vos',
  line1: 'Kade 1',
  line2: '',
  postalCode: '9712 CA',
  city: 'Groningen',
  country: 'NL',
};

async function pagesWith(gift = aHomelessGift({ key: MAIL._id })) {
  const gifts = fakeGifts([gift]);
  const app = await anApi(aWorld({ customers: [aGuest()] }), {
    ...{ gifts, playbooks: { current: async () => aJoinablePlaybook() } },
  });
  const look = (language = 'nl', token = aToken()) => app.inject(`/address?t=${token}&lang=${language}`);
  const tell = (form: object, token = aToken()) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const payload = new URLSearchParams({ ...form, t: token }).toString();
    return app.inject({ method: 'POST', url: '/address?lang=nl', headers, payload });
  };
  const kept = async () => (await gifts.find(CUSTOMER_ID, MAIL._id))?.shipTo;
  return { app, look, tell, kept };
}

describe('/address', () => {
  it.each([
    ['nl', 'Waar mogen we het heen sturen?', 'Nederland'],
    ['en', 'Where may we send it?', 'Netherlands'],
  ])('asks in %s where a gift is to go; a look changes nothing', async (language, title, country) => {
    const { app, look, kept } = await pagesWith();
    const page = await look(language);
    await app.inject({ method: 'HEAD', url: `/address?t=${aToken()}` });

    expect(page.body).toContain(title);
    expect(page.body).toContain(country);
    expect(await kept()).toBeUndefined();
  });

  it('keeps what the customer tells, and shows no address to whoever looks', async () => {
    const { look, tell, kept } = await pagesWith();
    const answer = await tell(FORM);

    expect(answer.statusCode).toBe(200);
    expect(await kept()).toEqual(AT_HOME);
    expect((await look()).body).not.toContain('9712 CA');
  });

  it.each([
    [{ city: '' }, 'city'],
    [{ name: ' ' }, 'name'],
    [{ line1: '' }, 'line1'],
    [{ country: 'XX' }, 'country'],
  ])('asks again for what is missing: %j', async (wrong, field) => {
    const { tell, kept } = await pagesWith();
    const answer = await tell({ ...FORM, ...wrong });

    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(`href="#${field}"`);
    expect(await kept()).toBeUndefined();
  });

  it('changes nothing once it has left, by a copy, or by a link that is not ours', async () => {
    const sent = await pagesWith(aGift({ key: MAIL._id, sent: { by: 'jan', at: NOON } }));
    expect((await sent.tell({ ...FORM, city: 'Assen' })).statusCode).toBe(410);
    expect(await sent.kept()).toEqual(AT_HOME);

    const { tell, kept } = await pagesWith();
    expect((await tell(FORM, 'copy')).statusCode).toBe(200);
    expect((await tell(FORM, aToken('news', 'another secret'))).statusCode).toBe(404);
    expect(await kept()).toBeUndefined();
  });
});

describe('/gifts', () => {
  it.each([
    ['en', 'One gift to send', 'It has left'],
    ['nl', 'Eén cadeau om te versturen', 'Het is weg'],
  ])(
    'shows in %s what is to be sent, with a file, and the start page leads to it',
    async (language, one, sent) => {
      const app = await anApi(aWorld({ customers: [aGuest()], gifts: [aGift()] }));
      const cookie = String((await signIn(app)).headers['set-cookie']).split(';')[0] ?? '';
      const open = async (url: string) =>
        (await app.inject({ url, headers: { cookie, accept: 'text/html', 'accept-language': language } }))
          .body;

      expect(await open('/')).toContain(one);
      expect(await open('/gifts')).toContain(sent);
      expect(await open('/gifts.csv')).toContain('An Vos,Kade 1,');
    },
  );
});
