#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { localEnvironment } from '../servers/local.ts';

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

type AddTo = (program: Command) => void;

const mail = async (): Promise<AddTo> => (await import('./commands/mail.ts')).mailCommands;

/** Each verb is loaded when it is called: Temporal's worker or MJML alone take longer than most of them. */
const VERBS: Readonly<Record<string, () => Promise<AddTo>>> = {
  bounce: async () => (await import('./commands/bounce.ts')).bounceCommand,
  erase: async () => (await import('./commands/erase.ts')).eraseCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  key: async () => (await import('./commands/key.ts')).keyCommand,
  'stop-mail': mail,
  'start-mail': mail,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  playbook: async () => (await import('./commands/playbook.ts')).playbookCommand,
  replay: async () => (await import('./commands/replay.ts')).replayCommand,
  request: async () => (await import('./commands/request.ts')).requestCommand,
  retain: async () => (await import('./commands/retain.ts')).retainCommand,
  sends: async () => (await import('./commands/sends.ts')).sendsCommand,
  simulate: async () => (await import('./commands/simulate.ts')).simulateCommand,
  template: async () => (await import('./commands/template.ts')).templateCommand,
};

/** Adds the verb that is called; all of them where help is asked for, or none of them is called. */
async function addVerbs(words: readonly string[]): Promise<void> {
  const verb = words.find((word) => !word.startsWith('-')) ?? '';
  const called = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  for (const load of called ? [called] : new Set(Object.values(VERBS))) (await load())(program);
}

async function main(): Promise<number> {
  Object.assign(process.env, await localEnvironment(process.env.RAPPORT_DIR || '.rapport', process.env));
  try {
    await addVerbs(process.argv.slice(2));
    await program.parseAsync();
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has said so itself
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
}

process.exit(await main());
