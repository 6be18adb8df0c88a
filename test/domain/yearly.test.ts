import { describe, expect, it } from '@jest/globals';
import { aPlaybook, aTouch, DAY, HOUR, NOON } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { agendaIn, biographyIn, sentIn } from '../support/told.ts';

const BIRTHDAY = aTouch({ name: 'birthday', on: 'birthday', at: '09:00', expires: { days: 2 } });
const ANNIVERSARY = aTouch({ name: 'anniversary', on: 'anniversary', at: '10:00' });
const QUIET = { from: '20:30', to: '08:30' };

const born = (birthday: string) => ({
  type: 'profile',
  customer: { email: 'an@example.com', emailKey: 'key-an', birthday },
});
const purchase = (orderId: string, at?: number) => ({
  type: 'purchase',
  data: { orderId },
  ...(at ? { at } : {}),
});

/** A customer born on a day, whose years go by. */
function aBirthday(birthday: string): ModelWorld {
  const world = new ModelWorld(aPlaybook([BIRTHDAY], { contact: { quiet: QUIET } }));
  world.post({ type: 'sign-up' });
  world.post(born(birthday));
  return world;
}

describe('a birthday', () => {
  it.each([
    ['later this year', '1984-06-21', '06-21 07:00 birthday/2026'],
    ['without its year', '06-21', '06-21 07:00 birthday/2026'],
    ['next year, if it is over', '1984-05-31', '05-31 07:00 birthday/2027'],
    ['the 28th, in a year without a 29 February', '1984-02-29', '02-28 08:00 birthday/2027'],
  ])('is planned %s', (_case, birthday, expected) => {
    expect(agendaIn(aBirthday(birthday))).toEqual([expected]);
  });

  it('is wished every year, though nothing else happens', () => {
    const world = aBirthday('1984-02-29');
    world.pass(4 * 365 * DAY);

    expect(sentIn(world)).toEqual([
      ...['02-28 08:00 birthday/2027 accepted', '02-29 08:00 birthday/2028 accepted'],
      ...['02-28 08:00 birthday/2029 accepted', '02-28 08:00 birthday/2030 accepted'],
    ]);
  });

  it.each([
    ['in the morning: at its time', -4, '06-01 07:00'],
    ['in the afternoon: at once', 4, '06-01 14:00'],
    ['in the evening: the next morning at its time', 10, '06-02 07:00'],
  ])('that is learned of on the day itself is wished %s', (_when, hours, expected) => {
    const world = new ModelWorld(aPlaybook([BIRTHDAY], { contact: { quiet: QUIET } }));
    world.now = NOON + hours * HOUR;
    world.post({ type: 'sign-up' });
    world.post(born('06-01'));
    world.pass(2 * DAY);

    expect(sentIn(world)).toEqual([`${expected} birthday/2026 accepted`]);
  });

  it('that changes moves', () => {
    const world = aBirthday('06-21');
    world.pass(HOUR);
    world.post(born('07-01'));
    const later = agendaIn(world);
    world.pass(HOUR);
    world.post(born('03-01'));

    expect([later, agendaIn(world)]).toEqual([['07-01 07:00 birthday/2026'], ['03-01 08:00 birthday/2027']]);
    expect(biographyIn(world).slice(1)).toEqual(['dropped birthday/2026 moot', 'dropped birthday/2026 moot']);
  });

  it('is not wished twice in a year, though the date is corrected after it', () => {
    const world = aBirthday('06-21');
    world.pass(30 * DAY);
    world.post(born('08-01'));
    world.pass(365 * DAY);

    expect(sentIn(world).filter((_, i) => world.attempts[i]?.repeat === false)).toEqual([
      '06-21 07:00 birthday/2026 accepted',
    ]);
  });

  it('on the day of an anniversary is one of two, and each comes once', () => {
    const world = new ModelWorld(aPlaybook([BIRTHDAY, ANNIVERSARY]));
    world.post(purchase('o-1'));
    world.post(born('06-01'));
    world.pass(400 * DAY);

    expect(sentIn(world)).toEqual([
      ...['06-01 10:00 birthday/2026 accepted', '06-01 07:00 birthday/2027 accepted'],
      '06-01 08:00 anniversary/2027 accepted',
    ]);
    expect(world.attempts.filter(({ repeat }) => repeat)).toEqual([]);
  });

  it('follows the customer to another time zone', () => {
    const world = aBirthday('06-21');
    const customer = { email: 'an@example.com', emailKey: 'key-an', timeZone: 'Asia/Kathmandu' };
    world.post({ type: 'profile', customer });

    expect(agendaIn(world)).toEqual(['06-21 03:15 birthday/2026']);
  });

  it('of a phase goes with the phase, before it has come', () => {
    const world = new ModelWorld(aPlaybook([{ ...BIRTHDAY, phase: 'first-contact' }]));
    world.post({ type: 'sign-up' });
    world.post(born('06-21'));
    world.post(purchase('o-1'));

    expect(biographyIn(world)).toContain('dropped birthday/2026 phase-left');
  });
});

describe('an anniversary', () => {
  it('is first celebrated a year after the first order', () => {
    const world = new ModelWorld(aPlaybook([ANNIVERSARY]));
    world.post(purchase('o-1'));
    const first = agendaIn(world);
    world.pass(2.5 * 365 * DAY);

    expect(first).toEqual(['06-01 08:00 anniversary/2027']);
    expect(sentIn(world)).toHaveLength(2);
  });

  it('goes with its order', () => {
    const world = new ModelWorld(aPlaybook([ANNIVERSARY]));
    world.post(purchase('o-1'));
    world.post({ type: 'cancelled', data: { orderId: 'o-1' } });

    expect(agendaIn(world)).toEqual([]);
    expect(biographyIn(world)).toContain('dropped anniversary/2027 moot');
  });

  it('moves to the first order that an import tells of', () => {
    const world = new ModelWorld(aPlaybook([ANNIVERSARY]));
    world.post(purchase('o-1'));
    world.post(purchase('old', NOON - 300 * DAY));

    expect(agendaIn(world)).toEqual(['08-05 08:00 anniversary/2026']);
  });
});

describe('a touch every so long', () => {
  const EVERY = aTouch({ name: 'newsy', on: 'every', every: { days: 90 }, at: '09:00' });

  it('counts from the start of the phase, then from the one before', () => {
    const world = new ModelWorld(aPlaybook([EVERY]));
    world.post({ type: 'sign-up' });
    world.pass(200 * DAY);

    expect(sentIn(world)).toEqual(['08-31 07:00 newsy/1 accepted', '11-29 08:00 newsy/2 accepted']);
    expect(agendaIn(world)).toEqual(['02-27 08:00 newsy/3']);
  });

  it('of all phases stays when a phase is left', () => {
    const world = new ModelWorld(aPlaybook([EVERY]));
    world.post({ type: 'sign-up' });
    world.pass(30 * DAY);
    world.post(purchase('o-1'));

    expect(agendaIn(world)).toEqual(['08-31 07:00 newsy/1']);
  });

  it('of one phase goes with it, and begins again when that is entered again', () => {
    const world = new ModelWorld(aPlaybook([{ ...EVERY, phase: 'first-contact' }]));
    world.post({ type: 'sign-up' });
    world.post({ type: 'move', data: { to: 'relationship' } });
    const left = agendaIn(world);
    world.pass(10 * DAY);
    world.post({ type: 'move', data: { to: 'first-contact' } });

    expect([left, agendaIn(world)]).toEqual([[], ['09-10 07:00 newsy/2']]);
  });

  it('skips the rounds that passed in silence', () => {
    const world = new ModelWorld(aPlaybook([EVERY]));
    world.post({ type: 'sign-up' });
    world.post({ type: 'pause' });
    world.pass(300 * DAY);
    world.post({ type: 'resume' });
    world.pass(DAY);

    expect(sentIn(world)).toEqual(['03-29 07:00 newsy/1 accepted']);
    expect(agendaIn(world)).toEqual(['05-28 07:00 newsy/2']);
  });
});
