import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Kept } from '../../demo/keep-running.ts';
import type { Running } from '../../servers/processes.ts';

/** Processes that note their starts; `end` ends the last one started. */
function someProcesses() {
  const ends: (() => void)[] = [];
  const start = async (): Promise<Running> => {
    let isRunning = true;
    const { promise, resolve } = Promise.withResolvers<number>();
    const end = () => {
      isRunning = false;
      resolve(137);
    };
    ends.push(end);
    const stop = async () => end();
    return {
      name: 'the worker',
      pid: 1,
      logFile: '',
      exited: promise,
      isRunning: () => isRunning,
      lastLine: () => 'oh',
      stop,
      kill: stop,
    };
  };
  return { start, started: () => ends.length, end: () => ends.at(-1)?.() };
}

describe('Kept', () => {
  it('starts a process again when it is killed', async () => {
    const processes = someProcesses();
    const kept = await Kept.from(processes.start);

    processes.end();
    await sleep(300);

    expect(processes.started()).toBe(2);
    await kept.stop();
  });

  it('leaves it alone once it was stopped', async () => {
    const processes = someProcesses();

    const kept = await Kept.from(processes.start);
    await kept.stop();
    await sleep(300);

    expect(processes.started()).toBe(1);
  });

  it('fails with its last words when it keeps ending at once', async () => {
    const processes = someProcesses();
    const kept = await Kept.from(async () => {
      const running = await processes.start();
      processes.end();
      return running;
    });

    await expect(kept.over).rejects.toThrow('the worker keeps ending: oh');
  });
});
