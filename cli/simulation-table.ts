import type { Distribution } from '../domain/distribution.ts';
import type { Busy, MailFigures } from '../domain/mail-tally.ts';
import type { PhaseFigures } from '../domain/phase-tally.ts';
import type { TouchFigures } from '../domain/touch-tally.ts';
import { columns, inWords, wrapped } from './columns.ts';
import type { SimulationReport } from './simulation-report.ts';

/** A simulation's result for a marketer, in less than a hundred columns. */
export function tableOf(report: SimulationReport): string {
  const { orders, playbook, from, until, customers, touches } = report;
  const sections = [
    [
      `${playbook} over ${orders.file}`,
      `${inWords(orders.count)} orders of ${inWords(customers)} customers, ${from} to ${until}${historyOf(report)}`,
      ...report.assumed.map((line) => `  assumed: ${line}`),
    ],
    mailTable(report),
    phaseTable(report.phases),
    touchTable(touches.filter(({ supported }) => supported)),
    unsupported(touches.filter(({ supported }) => !supported)),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function historyOf({ orders }: SimulationReport): string {
  return orders.history > 0 ? `; ${inWords(orders.history)} before, as history` : '';
}

function mailTable({ mails, load }: SimulationReport): string[] {
  const row = (what: string, { mails: sent, perCustomerAndWeek, perCustomer, neverMailed }: MailFigures) => [
    ...[what, sent, ...cellsOf(perCustomerAndWeek), ...cellsOf(perCustomer), neverMailed],
  ];
  const head = [
    'mails',
    'sent',
    'a week: mean',
    'median',
    '95 %',
    'max',
    'in all: mean',
    'median',
    '95 %',
    'max',
    'none',
  ];
  return [
    ...columns([head, row('all', mails.all), row('marketing', mails.marketing)]),
    ...busy('busiest day', load.busiestDay),
    ...busy('busiest week, from Monday', load.busiestWeek),
    ...busy('quietest week, from Monday', load.quietestWeek),
  ];
}

function cellsOf({ mean, median, p95, max }: Distribution): number[] {
  return [mean, median, p95, max];
}

function busy(what: string, load: Busy | undefined): string[] {
  return load ? [`${what} ${load.from}: ${inWords(load.mails)} ${load.mails === 1 ? 'mail' : 'mails'}`] : [];
}

function phaseTable(phases: readonly PhaseFigures[]): string[] {
  const head = ['phase', 'at the end', 'mails', 'a customer and week', 'put off by caps', 'expired by caps'];
  return columns([
    head,
    ...phases.map(
      ({ phase, customersAtTheEnd, mails, mailsPerCustomerAndWeek, putOffByCaps, expiredByCaps }) => [
        ...[
          phase.replace('-', ' '),
          customersAtTheEnd,
          mails,
          mailsPerCustomerAndWeek,
          putOffByCaps,
          expiredByCaps,
        ],
      ],
    ),
  ]);
}

function touchTable(touches: readonly TouchFigures[]): string[] {
  const head = ['touch', 'planned', 'sent', 'put off by caps', 'to come', 'not sent, as'];
  const rows = touches.map(({ touch, kind, planned, sent, toCome, caps, ...others }) => [
    ...[kind === 'service' ? `${touch} (service)` : touch, planned, sent, caps.putOff, toCome],
    reasonsOf(others, caps.expired),
  ]);
  return wrapped(columns([head, ...rows]));
}

/** Why touches were not sent: `holdout 300, expired 97 (caps 97), phase left 103`. */
function reasonsOf({ skipped, dropped }: Pick<TouchFigures, 'skipped' | 'dropped'>, byCaps: number): string {
  return [...Object.entries(skipped), ...Object.entries(dropped)]
    .map(([reason, times]) => {
      const cause = reason === 'expired' && byCaps > 0 ? ` (caps ${inWords(byCaps)})` : '';
      return `${reason.replace('-', ' ')} ${inWords(times)}${cause}`;
    })
    .join(', ');
}

function unsupported(touches: readonly TouchFigures[]): string[] {
  if (touches.length === 0) return [];
  const head = ['planned, but beyond this version', 'planned', 'to come'];
  return columns([head, ...touches.map(({ touch, planned, toCome }) => [touch, planned, toCome])]);
}
