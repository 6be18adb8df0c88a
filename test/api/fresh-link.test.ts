import { describe, expect, it } from '@jest/globals';
import type { Customer } from '../../domain/customer.ts';
import { ownTouches } from '../../domain/own-touches.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { CUSTOMER_ID, DAY, NOON } from '../support/builders.ts';
import { aGuest, aToken, guestPagesOf } from '../support/guests.ts';
import { aJoinablePlaybook, postForm } from '../support/join.ts';

const BEFORE = aJoinablePlaybook();
const PLAYBOOK: Playbook = { ...BEFORE, touches: [...BEFORE.touches, ...ownTouches({})] };
const OLD = NOON + 91 * DAY;
const BUTTON = 'value="fresh-link"';

/** The pages of a customer whose mail is of three months ago, unless it is new. */
async function pagesOf({ customer = aGuest(), now = OLD, playbook = PLAYBOOK } = {}) {
  const { app, world } = await guestPagesOf(customer, now, playbook);
  const look = (path = 'preferences', t = aToken()) => app.inject(`/${path}?t=${t}&lang=en`);
  const press = (form: Record<string, string> = {}) =>
    postForm(app, '/preferences?lang=en', { t: aToken(), what: 'fresh-link', ...form });
  return { app, world, look, press };
}

describe('a fresh link by mail', () => {
  it('is offered to who comes by an older mail, wherever what is personal is not shown; a look asks for none', async () => {
    const { app, world, look } = await pagesOf();

    for (const path of ['preferences', 'preferences/data', 'preferences/erase', 'membership', 'why']) {
      expect([path, (await look(path)).body.includes(BUTTON)]).toEqual([path, true]);
    }
    await app.inject(`/preferences?t=${aToken()}&what=fresh-link&lang=en`);
    await app.inject({ method: 'HEAD', url: `/preferences?t=${aToken()}&what=fresh-link` });
    expect(world.received).toEqual([]);
    expect((await (await pagesOf({ now: NOON + DAY })).look()).body).not.toContain(BUTTON);
  });

  it('is asked for by one event an hour, whatever address is typed, and the page says the same each time', async () => {
    const { world, press } = await pagesOf();

    const first = await press();
    const again = await press({ email: 'stranger@example.com', t: aToken() });

    expect(first.statusCode).toBe(200);
    expect(first.body).toContain('Look in your mailbox');
    expect(first.body).not.toContain('example.com');
    expect(again.body).toBe(first.body);
    const asked = { customerId: CUSTOMER_ID, type: 'link-asked', at: OLD };
    expect(world.received).toMatchObject([asked, asked]);
    expect(JSON.stringify(world.received)).not.toContain('stranger');
  });

  it('needs none where the link is fresh: that opens the page', async () => {
    const { world, press } = await pagesOf({ now: NOON + DAY });

    expect((await press()).body).toContain('name="day"');
    expect(world.received).toEqual([]);
  });

  it.each<[string, Customer, Playbook]>([
    ['by a playbook that was published before there was one', aGuest(), BEFORE],
    ['to an address that we do not write to', aGuest({ suppressed: 'hard-bounce' }), PLAYBOOK],
  ])('is not promised %s: a person helps', async (_, customer, playbook) => {
    const { world, look, press } = await pagesOf({ customer, playbook });

    expect((await look()).body).not.toContain(BUTTON);
    for (const page of [await look('preferences/data'), await press()]) {
      expect(page.statusCode).toBe(403);
      expect(page.body).not.toContain(BUTTON);
      expect(page.body).toContain('Reply to any mail of ours');
    }
    expect(world.received).toEqual([]);
  });

  it('does nothing by the link of a copy, or by one that is not ours', async () => {
    const { world, press } = await pagesOf();

    expect((await press({ t: 'copy' })).body).toContain('This is a copy');
    expect((await press({ t: `${aToken()}x` })).statusCode).toBe(404);
    expect(world.received).toEqual([]);
  });
});
