import { describe, expect, it } from '@jest/globals';
import { anApi, aWorld, signIn, type World } from '../support/api.ts';
import { aCustomer, anEvent, aPurchase, CUSTOMER_ID, DAY, HOUR, NOON } from '../support/builders.ts';
import { aJourney, aSend } from '../support/ledger.ts';

const page = `/customers/${CUSTOMER_ID}`;

/** Opens pages as somebody who has signed in. */
async function visitor(world: World = aWorld(), language = 'en') {
  const app = await anApi(world);
  const cookie = String((await signIn(app)).headers['set-cookie']).split(';')[0] ?? '';
  return (url: string) =>
    app.inject({ url, headers: { cookie, accept: 'text/html', 'accept-language': language } });
}

describe('the start page', () => {
  it('counts customers per phase, and lists the latest with what comes next', async () => {
    const agenda = [
      {
        touch: 'good-to-know',
        occasion: '1',
        due: NOON + DAY,
        wanted: NOON,
        because: { type: 'entering', id: 'x', at: NOON },
        priority: 50,
      },
    ];
    const customer = aCustomer([anEvent({ type: 'sign-up', n: 1 })], { journey: aJourney({ agenda }) });

    const { body, headers } = await (await visitor(aWorld({ customers: [customer] })))('/');

    expect(body).toMatch(/<strong>1<\/strong> person on their way with Koffiehuis Zuiderzon/);
    expect(body).toContain(`href="${page}"`);
    expect(body).toContain('Next: “Good to know”, tomorrow 12:00');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('says what to do when nobody is there', async () => {
    expect((await (await visitor())('/')).body).toContain('Nobody is on their way yet.');
  });

  it('finds a customer by the shop’s own id', async () => {
    const open = await visitor(aWorld({ customers: [aCustomer([], { externalIds: ['shop:c-17'] })] }));

    expect((await open('/customers?ref=shop:c-17')).headers.location).toBe(page);
    const nobody = await open('/customers?ref=shop:c-18');
    expect(nobody.statusCode).toBe(404);
    expect(nobody.body).toContain('No such customer');
  });

  it('speaks the language of the browser, and keeps the one that is chosen', async () => {
    const open = await visitor(aWorld(), 'nl-BE,nl;q=0.9');

    expect((await open('/')).body).toContain('Er is nog niemand onderweg.');
    const chosen = await open('/?lang=en');
    expect(chosen.body).toContain('Nobody is on their way yet.');
    expect(String(chosen.headers['set-cookie'])).toContain('rapport_language=en');
  });
});

describe('a customer’s page', () => {
  const events = [anEvent({ type: 'sign-up', n: 1, at: NOON - DAY }), aPurchase(2, NOON - HOUR, 'o-1001')];

  it('shows who they are, what comes and what was', async () => {
    const because = { type: 'purchase', id: 'shop/purchase-2', at: NOON - HOUR };
    const agenda = [
      { touch: 'thank-you', occasion: 'o-1001', due: NOON + HOUR, wanted: NOON, because, priority: 90 },
    ];
    const customer = aCustomer(events, { journey: aJourney({ agenda }) });

    const { body } = await (await visitor(aWorld({ customers: [customer], events: [...events].reverse() })))(
      page,
    );

    expect(body).toContain('<h1>An</h1>');
    expect(body).toContain('Today 13:00');
    expect(body).toContain('Because order o-1001 was placed');
    expect(body).toContain('An ordered Kind of Blue');
    expect(body.indexOf('What comes next')).toBeLessThan(body.indexOf('The story so far'));
    expect(body.indexOf('An ordered')).toBeLessThan(body.indexOf('An signed up'));
  });

  it('shows nothing that a customer wrote as anything but text', async () => {
    const nasty = '<script>alert(1)</script>';
    const complaint = anEvent({
      type: 'complaint',
      n: 3,
      customer: { name: { first: nasty } },
      data: { text: nasty },
    });

    const { body } = await (
      await visitor(aWorld({ customers: [aCustomer([complaint])], events: [complaint] }))
    )(page);

    expect(body).not.toContain('<script');
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('opens mails in a sandboxed frame, when one asks for them', async () => {
    const mail = {
      ...{
        template: 't',
        locale: 'en',
        subject: 'Thank you, An',
        from: 'x',
        values: {},
        messageId: 'm',
        date: 'd',
      },
      boundary: 'b',
    };
    const send = aSend({ touch: 'thank-you', occasion: 'o/1?', mail: mail as never });
    const open = await visitor(aWorld({ customers: [aCustomer(events)], sends: [send] }));

    const url = /<iframe sandbox loading="lazy" src="([^"]+)"/.exec((await open(page)).body)?.[1] ?? '';
    const frame = await open(url);

    expect(frame.body).toBe('<p>Thank you, An</p>');
    expect(frame.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
  });

  it('has words for an empty life', async () => {
    const { body } = await (await visitor(aWorld({ customers: [aCustomer([])] }), 'nl'))(page);

    expect(body).toContain('Er is niets gepland. De klant is aan zet.');
    expect(body).toContain('Er is nog niets gebeurd.');
  });

  it('turns pages back in time without losing anything', async () => {
    const visits = Array.from({ length: 120 }, (_, i) =>
      anEvent({ type: 'visit', n: 120 - i, at: NOON - i * HOUR }),
    );
    const open = await visitor(aWorld({ customers: [aCustomer([])], events: visits }));

    let url: string | undefined = page;
    let told = 0;
    while (url) {
      const { body } = await open(url);
      told += body.split('visited the shop').length - 1;
      url = /<a href="([^"]+)">Earlier/.exec(body)?.[1]?.replace('&#x3D;', '=');
    }

    expect(told).toBe(120);
  });

  it('says so when there is nobody, and when there is nothing', async () => {
    const open = await visitor();

    expect((await open('/customers/nobody')).statusCode).toBe(404);
    expect((await open('/nothing')).body).toContain('There is nothing here');
  });
});
