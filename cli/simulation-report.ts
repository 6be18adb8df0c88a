import type { Assumptions } from '../domain/lives.ts';
import { dayNumber } from '../domain/local-time.ts';
import type { Period } from '../domain/phase-tally.ts';
import type { Playbook } from '../domain/playbook.ts';
import type { SimulationFigures } from '../domain/simulation.ts';
import { CDNOW } from './orders-file.ts';
import { isoDay } from './period.ts';

/** A simulation's result, as `--json` prints it. */
export type SimulationReport = SimulationFigures & {
  readonly orders: {
    readonly file: string;
    /** As what the file was recognised, `orders`. */
    readonly form: string;
    /** In the time. */
    readonly count: number;
    /** Before it. */
    readonly history: number;
  };
  /** The file that tells who the customers are. */
  readonly customerFile?: string;
  readonly playbook: string;
  /** The first and the last day, on the shop's calendar. */
  readonly from: string;
  readonly until: string;
  /** What the files do not tell, and is taken for granted, in words. */
  readonly assumed: readonly string[];
};

type Simulated = {
  readonly orders: SimulationReport['orders'];
  readonly customerFile?: string | undefined;
  readonly path: string;
  readonly playbook: Playbook;
  readonly period: Period;
  readonly assumptions: Assumptions;
  readonly figures: SimulationFigures;
};

/** Puts the figures together with what they rest on. */
export function reportOf(simulated: Simulated): SimulationReport {
  const { orders, customerFile, path, playbook, period, figures } = simulated;
  const { timeZone } = playbook.shop;
  return {
    ...{ orders, ...(customerFile === undefined ? {} : { customerFile }), playbook: path },
    from: isoDay(dayNumber(period.from, timeZone)),
    until: isoDay(dayNumber(period.until - 1, timeZone)),
    assumed: assumedBy(simulated),
    ...figures,
  };
}

function assumedBy({ orders, customerFile, playbook, assumptions }: Simulated): string[] {
  const { softOptIn, timeZone } = playbook.shop;
  const softly = softOptIn.length > 0 ? `soft opt-in to ${softOptIn.join(', ')}` : 'no soft opt-in';
  const consents = {
    all: 'Every customer consents to every topic (--consent none or file: less).',
    file: `Customers consent as ${customerFile ?? 'no file'} tells, with ${softly} at an order.`,
    none: 'Nobody consents to anything.',
  };
  const travels = Object.entries(assumptions.deliveredAfter).map(([unit, count]) => `${count} ${unit}`);
  return [
    consents[assumptions.consent],
    `A parcel arrives ${travels.join(' ') || 'at once'} after its order (--delivered-after).`,
    'Mail is live, no warm-up (perDay) holds it up, and every mail is accepted.',
    `Customers live by ${timeZone}${customerFile ? ', where the file does not tell' : ''}.`,
    customerFile
      ? 'Nobody answers or complains.'
      : 'Nobody answers, complains or tells a birthday; nobody signs up before the first order.',
    ...(orders.form === CDNOW
      ? ['Every customer has an address; an order was placed between 08:00 and 23:00.']
      : []),
  ];
}
