import { beforeAll, describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import type { Playbook } from '../../domain/playbook.ts';
import type { SimulatedTouch } from '../../domain/simulate.ts';
import { Simulation, type SimulationFigures } from '../../domain/simulation.ts';
import { cdnowLives } from '../support/cdnow-lives.ts';
import { defaultPlaybook } from '../support/default-playbook.ts';

/** A mail as this test counts it, with luxon and by itself. */
type Mail = SimulatedTouch & { readonly day: number; readonly clock: string };

describe('the default playbook over all of CDNOW', () => {
  let playbook: Playbook;
  let figures: SimulationFigures;
  let mails: Mail[] = [];
  const byCustomer = new Map<string, Mail[]>();

  beforeAll(async () => {
    playbook = await defaultPlaybook();
    const { lives, period } = cdnowLives(playbook);
    const simulation = new Simulation(playbook, period);
    mails = lives.flatMap((life) => simulation.play(life).touches.filter(isAccepted).map(asCounted));
    figures = simulation.figures();
    for (const mail of mails) {
      const own = byCustomer.get(mail.customerId) ?? [];
      byCustomer.set(mail.customerId, [...own, mail]);
    }
  }, 120_000);

  const isAccepted = ({ outcome }: SimulatedTouch) => outcome.kind === 'accepted';
  const asCounted = (touch: SimulatedTouch): Mail => {
    const local = DateTime.fromMillis(touch.due, { zone: playbook.shop.timeZone });
    const day = Math.round(
      local.startOf('day').setZone('utc', { keepLocalTime: true }).toMillis() / 86_400_000,
    );
    return { ...touch, day, clock: local.toFormat('HH:mm') };
  };
  const isMarketing = ({ touch: name }: Mail) =>
    playbook.touches.find((touch) => touch.name === name)?.kind === 'marketing';

  it('mails nobody above the frequency caps', () => {
    const over = [...byCustomer.values()].flatMap((own) => {
      const days = own.filter(isMarketing).map(({ day }) => day);
      return playbook.contact.caps.filter(({ max, days: window }) =>
        days.some((first) => days.filter((day) => day >= first && day < first + window).length > max),
      );
    });

    expect(mails.filter(isMarketing).length).toBeGreaterThan(10_000);
    expect(playbook.contact.caps.length).toBeGreaterThan(0);
    expect(over).toEqual([]);
  });

  it('sends no marketing in quiet hours', () => {
    const { from = '', to = '' } = playbook.contact.quiet ?? {};
    const quiet = mails.filter(isMarketing).filter(({ clock }) => clock >= from || clock < to);

    expect([from > to, quiet]).toEqual([true, []]);
  });

  it('sends no touch twice for the same occasion', () => {
    const keys = mails.map(({ customerId, touch, occasion }) => `${customerId}/${touch}/${occasion}`);

    expect(new Set(keys).size).toBe(keys.length);
  });

  it('knows what became of every touch that was planned', () => {
    const sum = (reasons: Readonly<Record<string, number>>) =>
      Object.values(reasons).reduce((total, times) => total + times, 0);
    const lost = figures.touches.filter(
      ({ planned, sent, skipped, dropped, toCome }) =>
        planned !== sent + sum(skipped) + sum(dropped) + toCome,
    );

    expect(lost).toEqual([]);
    expect(figures.touches.reduce((total, { sent }) => total + sent, 0)).toBe(mails.length);
  });

  it('counts every mail in its phase, and every customer in one', () => {
    const { customers, phases, mails: counted } = figures;

    expect(customers).toBe(2357);
    expect(phases.reduce((total, { customersAtTheEnd }) => total + customersAtTheEnd, 0)).toBe(customers);
    expect(phases.reduce((total, phase) => total + phase.mails, 0)).toBe(mails.length);
    expect(counted.all.mails).toBe(mails.length);
    expect(counted.marketing.mails).toBe(mails.filter(isMarketing).length);
    expect(counted.all.perCustomer.max).toBe(Math.max(...[...byCustomer.values()].map((own) => own.length)));
  });
});
