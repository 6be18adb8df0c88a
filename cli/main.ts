#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { localEnvironment } from '../servers/local.ts';
import { importCommand } from './commands/import.ts';
import { keyCommand } from './commands/key.ts';
import { mailCommands } from './commands/mail.ts';
import { migrateCommand } from './commands/migrate.ts';
import { playbookCommand } from './commands/playbook.ts';
import { replayCommand } from './commands/replay.ts';
import { requestCommand } from './commands/request.ts';
import { simulateCommand } from './commands/simulate.ts';

/**
 * `rapport VERB`: each verb is a file of `commands/`.
 *
 * Exits 0 done · 1 refused or failed · 2 wrong usage · 3 done with rejected rows.
 */
const program = new Command('rapport')
  .description('Rapport: relationships with customers, one durable workflow each.')
  .option('--json', 'print the result as JSON, as the last line of stdout')
  .showHelpAfterError('(rapport --help lists what there is)')
  .exitOverride();

importCommand(program);
keyCommand(program);
mailCommands(program);
migrateCommand(program);
playbookCommand(program);
replayCommand(program);
requestCommand(program);
simulateCommand(program);

async function main(): Promise<number> {
  Object.assign(process.env, await localEnvironment(process.env.RAPPORT_DIR || '.rapport', process.env));
  try {
    await program.parseAsync();
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has said so itself
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

process.exit(await main());
