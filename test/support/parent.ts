import { readFileSync } from 'node:fs';
import { launch, ready } from '../../servers/processes.ts';

/** A process of its own, for tests to kill: starts a child and tells its pid. */
const [logFile = ''] = process.argv.slice(2);
const script = "trap 'echo asked to go; exit 0' TERM; echo $$; while :; do sleep 0.05; done";
const child = launch({ name: 'Child', command: '/bin/sh', args: ['-c', script], logFile });
const pid = await ready(
  child,
  async () => {
    const text = readFileSync(logFile, 'utf8').trim();
    if (!text) throw new Error('not yet');
    return text;
  },
  5,
);
process.stdout.write(pid);
