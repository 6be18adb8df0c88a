import { readFile } from 'node:fs/promises';
import { cdnowOrders } from '../cli/cdnow-orders.ts';
import { periodOf } from '../cli/period.ts';
import { playbookIn } from '../cli/playbook-file.ts';
import type { StoredEvent } from '../domain/event.ts';
import { emptyKnown, fold } from '../domain/facts.ts';
import { livesOf } from '../domain/lives.ts';
import { Simulation } from '../domain/simulation.ts';

/**
 * How long a simulation of all of CDNOW takes, beside reading the same orders and folding their events into facts, which
 * any answer would need.
 *
 * `npx node bench/simulate.ts [playbook] [rounds]`; processor time of one core, so that others do not count.
 */
const [file = 'playbooks/default.yaml', rounds = '3'] = process.argv.slice(2);

const playbook = await playbookIn(file, 'templates');
const text = await readFile(new URL('../demo/cdnow-sample.txt', import.meta.url), 'utf8');
const { timeZone } = playbook.shop;

for (let round = 1; round <= Number(rounds); round += 1) {
  const bare = seconds(() => read().lives.forEach(folded));
  const simulated = seconds(() => {
    const { lives, period } = read();
    const simulation = new Simulation(playbook, period);
    for (const life of lives) simulation.play(life);
    return simulation.figures();
  });
  console.log(`round ${round}: simulated ${simulated.toFixed(2)} s; read and folded ${bare.toFixed(2)} s`);
}

function read() {
  const orders = cdnowOrders(text, playbook.shop);
  const period = periodOf(orders, timeZone, {});
  const assumed = { consent: 'all', deliveredAfter: { days: 3 } } as const;
  return { lives: livesOf(orders, { playbook, period, assumed }), period };
}

function folded(life: readonly StoredEvent[]) {
  return life.reduce((known, event) => fold(known, event, timeZone), emptyKnown(life[0]?.at ?? 0));
}

/** Processor seconds that some work takes. */
function seconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
