import { type Command, Option } from 'commander';
import type { Incoming } from '../../domain/incoming.ts';
import { type Assumptions, livesOf } from '../../domain/lives.ts';
import type { Period } from '../../domain/phase-tally.ts';
import type { Span } from '../../domain/playbook.ts';
import { Simulation } from '../../domain/simulation.ts';
import { answer } from '../answer.ts';
import { type CustomersFile, readCustomers } from '../customers-file.ts';
import { readOrders } from '../orders-file.ts';
import { type Asked, dayOf, periodOf, spanOf, wholeDays } from '../period.ts';
import { playbookIn } from '../playbook-file.ts';
import { progressBar } from '../progress-bar.ts';
import { reportOf } from '../simulation-report.ts';
import { tableOf } from '../simulation-table.ts';

type Options = Asked & {
  readonly orders: string;
  readonly customers?: string;
  readonly playbook: string;
  readonly templates: string;
  readonly consent?: Assumptions['consent'];
  readonly deliveredAfter: Span;
};

const CONSENTS: readonly Assumptions['consent'][] = ['all', 'file', 'none'];

/** `rapport simulate`: what a playbook would have sent over a shop's real orders, before it sends anything. */
export function simulateCommand(program: Command): void {
  program
    .command('simulate')
    .description(
      'say what a playbook would have sent over real orders; nothing is sent, and no server is needed',
    )
    .requiredOption('--orders <file>', 'orders as rapport import takes them, or rows of CDNOW')
    .option('--customers <file>', 'who they are, as rapport import takes it')
    .option('--playbook <file>', 'what is sent, when and to whom', 'playbooks/default.yaml')
    .option('--templates <dir>', 'where its templates are', 'templates')
    .option(
      '--from <day>',
      'the first day; older orders are history (default: that of the first order)',
      dayOf,
    )
    .option('--until <day>', 'the last day (default: that of the last order)', dayOf)
    .option('--days <n>', 'so many days from the first on, instead of --until', wholeDays)
    .addOption(
      new Option(
        '--consent <whose>',
        'who consents: all; as the file of customers and soft opt-in tell; none (default: file, where there is one)',
      ).choices(CONSENTS),
    )
    .option('--delivered-after <span>', 'how long a parcel travels (default: 3 days)', spanOf, { days: 3 })
    .action(async (options: Options, command: Command) => {
      const report = await simulateOrders(options);
      answer(command, report, tableOf(report));
    });
}

async function simulateOrders({ orders: file, customers: customerFile, ...options }: Options) {
  const { playbook: path, templates, consent = customerFile ? 'file' : 'all', deliveredAfter } = options;
  const { mode: _, ...playbook } = await playbookIn(path, templates); // as if it were live
  const { form, events } = await readOrders(file, playbook);
  const { dated, undated } = customerFile ? await readCustomers(customerFile, playbook) : NOBODY;

  const orders = events.filter(({ type }) => type === 'purchase');
  const period = periodOf(orders, playbook.shop.timeZone, options);
  const assumptions = { consent, deliveredAfter };
  const lives = livesOf([...events, ...dated], { playbook, period, assumed: assumptions }, undated);
  const { figures } = play(lives, new Simulation(playbook, period));
  const about = { orders: { file, form, ...counted(orders, period) }, customerFile, path };
  return reportOf({ ...about, playbook, period, assumptions, figures });
}

const NOBODY: CustomersFile = { dated: [], undated: [] };

/** How many orders lie in the time, and how many before it. */
function counted(orders: readonly Incoming[], { from, until }: Period) {
  const history = orders.filter(({ at }) => at < from).length;
  return { count: orders.filter(({ at }) => at < until).length - history, history };
}

/** Plays all lives, and lets the progress be seen meanwhile. */
function play(lives: ReturnType<typeof livesOf>, simulation: Simulation) {
  const bar = progressBar('Simulating customers', lives.length);
  for (const [index, life] of lives.entries()) {
    simulation.play(life);
    bar.tell(index + 1);
  }
  bar.end();
  return { figures: simulation.figures() };
}
