import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Summary } from '../../demo/summary.ts';

/** What `npm run demo` said and ended with. */
export type DemoRun = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs the demo as a user would, in a process of its own. */
export async function runDemo(...args: readonly string[]): Promise<DemoRun> {
  const child = spawn(process.execPath, ['demo/main.ts', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [code]] = await Promise.all([
    child.stdout.setEncoding('utf8').toArray(),
    child.stderr.setEncoding('utf8').toArray(),
    once(child, 'exit'),
  ]);
  return { code, stdout: stdout.join(''), stderr: stderr.join('') };
}

/** The JSON on the last line. */
export function lastLineOf({ stdout }: DemoRun): Summary {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}
