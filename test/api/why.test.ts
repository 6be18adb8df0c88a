import { describe, expect, it } from '@jest/globals';
import type { ConsentProof } from '../../domain/consent-proof.ts';
import { sendKey } from '../../domain/send.ts';
import { createMailLinks } from '../../mail/links.ts';
import { anApi, aWorld } from '../support/api.ts';
import { aMail } from '../support/asked-sends.ts';
import {
  aCustomer,
  anEvent,
  aPlaybook,
  aPurchase,
  aTouch,
  CUSTOMER_ID,
  DAY,
  NOON,
} from '../support/builders.ts';

const TOUCH = aTouch({
  ...{ name: 'how-was-it', on: 'purchase', after: { days: 10 }, at: '19:00' },
  when: { 'orders.days': { $gte: 2 }, 'orders.last': { $newerThan: '120 days' } },
});
const PLAYBOOK = aPlaybook([TOUCH, aTouch({ name: 'thank-you', kind: 'service', topic: 'service' })], {
  contact: { caps: [{ max: 1, days: 2 }], quiet: { from: '20:30', to: '08:30' }, holdout: 0.05 },
});

/** Version 3, by which some of it was sent. */
const THEN = aPlaybook([{ ...TOUCH, after: { days: 4 } }]);

function aSend(touch: string, more: object = {}) {
  const task = { customerId: CUSTOMER_ID, touch, occasion: 'o-1' };
  return {
    ...{ _id: sendKey(task), ...task, kind: 'marketing' as const, due: NOON, state: 'accepted' as const },
    ...{ outcome: { kind: 'accepted' as const }, postponements: 0, delays: { count: 0 }, resends: 0 },
    ...{ because: { type: 'purchase', id: 'shop/o-1', at: NOON - 10 * DAY } },
    ...{ mail: aMail({ subject: 'Hoe was het, An?' }), ...more },
  };
}

const PROOF: ConsentProof = {
  ...{ id: 'shop/e-1/news', customerId: CUSTOMER_ID, topic: 'news', change: 'given', basis: 'consent' },
  ...{ wording: 'Ja, schrijf mij over nieuws.', source: 'join', type: 'sign-up', at: NOON - 30 * DAY },
  ...{ receivedAt: NOON - 30 * DAY, evidence: { where: 'https://shop.example/join' } },
};

const OBJECTION = anEvent({ type: 'objection', n: 2 });

type Mailed = {
  readonly send?: Omit<ReturnType<typeof aSend>, 'mail'>;
  readonly erased?: true;
  readonly objects?: true;
  readonly lang?: string;
  readonly locale?: string;
  readonly proofs?: readonly ConsentProof[];
};

async function open(
  { send = aSend('how-was-it'), erased, objects, lang, locale = 'nl', proofs = [PROOF] }: Mailed = {},
  kept = true,
) {
  const said = anEvent({ type: 'profile', n: 3, customer: { locale } });
  const customer = aCustomer([aPurchase(1), ...(objects ? [OBJECTION] : []), said], erased ? { erased } : {});
  const app = await anApi(aWorld({ customers: [customer], sends: kept ? [send] : [] }), {
    playbooks: { current: async () => PLAYBOOK },
    playbookOf: async (version) => (version === 3 ? THEN : undefined),
    consentEvents: { ofCustomer: async () => proofs },
  });
  const linksOf = createMailLinks('', 'a secret of the tests');
  const { why } = linksOf({ customerId: CUSTOMER_ID, key: send._id, topic: 'news' });
  return app.inject({
    url: lang ? `${why}&lang=${lang}` : why,
    headers: { 'accept-language': 'en' },
  });
}

describe('/why', () => {
  it('tells which mail it is, what it answers, by which rule and which consent', async () => {
    const { statusCode, body } = await open();

    expect(statusCode).toBe(200);
    expect(body).toContain('“Hoe was het, An?”');
    expect(body).toContain('Je plaatste bestelling o-1, op 22 mei 2026.');
    expect(body).toContain('Hij gaat 10 dagen na een bestelling uit.');
    expect(body).toContain(
      'dagen waarop je bestelde: minstens 2 en je laatste bestelling: korter dan 120 dagen',
    );
    expect(body).toContain('hoogstens 1 in 2 dagen');
    expect(body).toContain('Je zei ja op “Nieuws”, op 2 mei 2026.');
    expect(body).toContain('Ja, schrijf mij over nieuws.');
    expect(body).toContain('/unsubscribe?t=');
  });

  it('says of nobody that they said yes by what their shop called service', async () => {
    const service = { ...PROOF, id: 'shop/e-2/news', basis: 'service' as const, at: NOON - 20 * DAY };

    expect((await open({ proofs: [service, PROOF] })).body).toContain(
      'Je zei ja op “Nieuws”, op 2 mei 2026.',
    );
    const { body } = await open({ proofs: [service] });
    expect(body).toContain('Ons is gemeld dat mail over “Nieuws” service is, op 12 mei 2026.');
    expect(body).not.toContain('Je zei ja');
  });

  it('tells the rule by which it was sent, though the playbook is another now', async () => {
    const { body } = await open({ send: aSend('how-was-it', { playbook: 3 }) });

    expect(body).toContain('Hij gaat 4 dagen na een bestelling uit.');
  });

  it('tells who objected to being profiled that it is heeded', async () => {
    const { body } = await open({ objects: true });

    expect(body).toContain('Je maakte bezwaar tegen profilering, op 1 juni 2026');
    expect((await open()).body).not.toContain('bezwaar tegen profilering');
  });

  it('speaks the language that we write to them in, whatever their browser speaks', async () => {
    expect((await open()).body).toContain('Je plaatste bestelling o-1');
    expect((await open({ locale: 'en-GB' })).body).toContain('It goes out 10 days after an order.');
  });

  it('speaks English too', async () => {
    const { body } = await open({ lang: 'en' });

    expect(body).toContain('It goes out 10 days after an order.');
    expect(body).toContain('Marketing never between 20:30 and 08:30 on your clock.');
    expect(body).not.toMatch(/\{\w+\}/);
  });

  it('tells of service mail that it needs no consent, and offers no way to leave it', async () => {
    const { body } = await open({ send: aSend('thank-you', { kind: 'service' }) });

    expect(body).toContain('dus die is niet nodig');
    expect(body).not.toContain('/unsubscribe');
  });

  it('tells what it can of a mail whose content, or whose rule, is gone', async () => {
    const { mail: _, ...send } = aSend('good-to-know');
    const { statusCode, body } = await open({ send });

    expect(statusCode).toBe(200);
    expect(body).toContain('De regel is sindsdien veranderd');
  });

  it('tells by the link of an older mail the rule and the ways out, and nothing of the person', async () => {
    const old = { settledAt: new Date(NOON - 91 * DAY) };
    const { statusCode, body } = await open({ send: aSend('how-was-it', old), objects: true });

    expect(statusCode).toBe(200);
    expect(body).toContain('Hij gaat 10 dagen na een bestelling uit.');
    for (const way of ['/unsubscribe?t=', '/preferences?t=', 'Antwoord op een mail van ons']) {
      expect(body).toContain(way);
    }
    for (const own of ['Hoe was het', 'o-1', '2026', 'ja op', 'Ja, schrijf', 'bezwaar tegen', 'Waar: ']) {
      expect(body).not.toContain(own);
    }
  });

  it.each([
    ['is not kept any more', () => open({ lang: 'nl' }, false), 410, 'niet meer bewaard'],
    ['was of somebody erased', () => open({ erased: true, lang: 'nl' }), 410, 'niets meer van je bewaard'],
  ])('says so where the mail %s', async (_, opened, status, words) => {
    const { statusCode, body } = await opened();

    expect(statusCode).toBe(status);
    expect(body).toContain(words);
  });

  it.each([
    ['copy', 200, 'Dit is een kopie'],
    ['01HX.abc.news.nonsense', 404, 'Deze link werkt niet'],
    ['', 404, 'Deze link werkt niet'],
  ])('leads nowhere by %s', async (token, status, words) => {
    const app = await anApi();

    const { statusCode, body } = await app.inject({ url: `/why?t=${token}&lang=nl` });

    expect(statusCode).toBe(status);
    expect(body).toContain(words);
  });
});
