import type { Command } from 'commander';
import { playbooks } from '../../data/playbooks.ts';
import { retention } from '../../data/retention.ts';
import { RETAINED, type RetentionCounts } from '../../domain/retained.ts';
import { keptSince } from '../../domain/retention.ts';
import { answer } from '../answer.ts';
import { connected } from '../connected.ts';

/** `rapport retain --dry-run`: what the next night deletes; a Schedule of Temporal does it. */
export function retainCommand(program: Command): void {
  program
    .command('retain')
    .description('count what is kept for longer than the playbook’s retention says')
    .requiredOption(
      '--dry-run',
      'nothing is deleted here: Temporal’s Schedule rapport-retention does that each night',
    )
    .action(count);
}

async function count(_options: unknown, command: Command): Promise<void> {
  const counts = await connected(countAll);
  const lines = Object.entries(counts).map(([kind, number]) => `${kind.padEnd(10)} ${number}`);
  answer(command, { dryRun: true, counts }, lines.join('\n'));
}

async function countAll(): Promise<RetentionCounts> {
  const playbook = await playbooks.current();
  if (!playbook)
    throw new Error('no playbook is published yet: rapport playbook publish playbooks/default.yaml');
  const now = Date.now();
  const counted = RETAINED.map(async (kind) => {
    const since = keptSince(kind, playbook.retention, now);
    return [kind, since === undefined ? 0 : await retention.count(kind, since)] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}
