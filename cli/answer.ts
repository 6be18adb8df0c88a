import type { Command } from 'commander';

/** Ends a command with its result: a text for people, or with `--json` the result itself, as stdout's last line. */
export function answer(command: Command, result: unknown, text: string): void {
  const { json } = command.optsWithGlobals();
  process.stdout.write(`${json ? JSON.stringify(result) : text}\n`);
}
