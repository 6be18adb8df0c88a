import { describe, expect, it } from '@jest/globals';
import { Kept } from '../../servers/kept.ts';
import type { Running } from '../../servers/processes.ts';
import { eventually } from '../support/eventually.ts';

const QUICK = { pauseMs: 10 };

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
      name: 'The worker',
      pid: ends.length,
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
  it('starts a process again when it is killed, and tells why it ended', async () => {
    const processes = someProcesses();
    const told: string[] = [];
    const kept = new Kept(await processes.start(), processes.start, {
      ...QUICK,
      tell: (line) => told.push(line),
    });

    processes.end();
    await eventually(() => processes.started() === 2);

    expect(kept.isRunning()).toBe(true);
    expect(told).toEqual(['The worker ended by itself, and is started again: oh']);
    await kept.stop();
  });

  it('starts it again after a crash that was asked for, and says nothing of it', async () => {
    const processes = someProcesses();
    const told: string[] = [];
    const kept = new Kept(await processes.start(), processes.start, {
      ...QUICK,
      tell: (line) => told.push(line),
    });

    await kept.crash();
    await kept.crash(); // waits for the next one to be there
    await eventually(() => processes.started() === 3);

    expect(told).toEqual([]);
    await kept.stop();
  });

  it('leaves it alone once it was stopped', async () => {
    const processes = someProcesses();

    const kept = new Kept(await processes.start(), processes.start, QUICK);
    await kept.stop();
    await kept.over;

    expect(processes.started()).toBe(1);
  });

  it('tries again when it cannot be started at once', async () => {
    const processes = someProcesses();
    let refusals = 0;
    const again = async () => {
      refusals += 1;
      if (refusals < 3) throw new Error('the port is not free yet');
      return processes.start();
    };
    const kept = new Kept(await processes.start(), again, QUICK);

    processes.end();
    await eventually(() => processes.started() === 2);

    expect(refusals).toBe(3);
    await kept.stop();
  });

  it('notes every process of it', async () => {
    const processes = someProcesses();
    const pids: number[] = [];
    const kept = new Kept(await processes.start(), processes.start, {
      ...QUICK,
      note: ({ pid }) => pids.push(pid),
    });

    processes.end();
    await eventually(() => pids.length === 2);

    expect(pids).toEqual([1, 2]);
    await kept.stop();
  });

  it.each([
    ['its last words when it keeps ending at once', 'oh', undefined],
    ['the reason when it cannot be started any more', 'no disk', new Error('no disk')],
  ])('fails with %s', async (_, why, refusal) => {
    const processes = someProcesses();
    const again = async () => {
      if (refusal) throw refusal;
      const running = await processes.start();
      processes.end();
      return running;
    };
    const kept = new Kept(await processes.start(), again, { ...QUICK, patienceMs: 100 });

    processes.end();

    await expect(kept.over).rejects.toThrow(`The worker keeps ending: ${why}`);
  });
});
