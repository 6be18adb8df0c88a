import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { readReports } from '../../mail/bounce-reports.ts';

/** `rapport bounce`: what mails that came back say. It needs no server, no key and no environment. */
export function bounceCommand(program: Command): void {
  program
    .command('bounce <file...>')
    .description('read bounces, spam complaints and automatic replies; one JSON line per file')
    .action(readAll);
}

/** One line per file, in order. A file that cannot be read is told on stderr; the others are read all the same. */
async function readAll(files: readonly string[]): Promise<void> {
  for (const file of files) {
    try {
      const reports = await readReports(await readFile(file));
      process.stdout.write(`${JSON.stringify({ file, reports })}\n`);
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`${file}: ${error instanceof Error ? error.message : error}\n`);
    }
  }
}
