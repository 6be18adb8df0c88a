import type { Command } from 'commander';
import { migrate } from '../../data/migrate.ts';
import { step } from '../../servers/step.ts';
import { answer } from '../answer.ts';
import { connected } from '../connected.ts';

/** `rapport migrate`: builds the indexes. Safe to repeat, and while Rapport runs. */
export function migrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('build the indexes in MongoDB; safe to repeat')
    .action(async (_options: unknown, command: Command) => {
      await connected(() => step('Building indexes', migrate));
      answer(command, { migrated: true }, 'The indexes are up to date.');
    });
}
