import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastWords } from './last-words.ts';
import { StepFailed } from './step.ts';

/**
 * Keeps one command: ends it, politely and then firmly, as soon as its own standard input closes. That is a
 * pipe which our process holds, so the command ends when we ask for it and also when we are killed outright.
 */
const KEEPER = `
grace=$1; shift
exec 3<&0
"$@" </dev/null 3<&- & child=$!
( exec >/dev/null 2>&1
  read -r _ <&3
  kill -TERM $child
  while [ $grace -gt 0 ] && kill -0 $child; do sleep 0.1; grace=$((grace - 1)); done
  kill -KILL $child ) & watch=$!
wait $child; status=$?
kill -KILL $watch 2>/dev/null
exit $status`;

export type Launch = {
  /** Word for messages: `MongoDB`, `the worker`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where its output goes; appended. */
  readonly logFile: string;
  /** Time between the polite and the firm end. @default 10 */
  readonly graceSeconds?: number;
};

/** A process of ours, with its keeper. */
export type Running = {
  readonly name: string;
  /** Of its keeper, which leads its process group; 0 if it could not start. */
  readonly pid: number;
  /** Settles with the exit code when it has ended, for whatever reason; never rejects. */
  readonly exited: Promise<number>;
  readonly isRunning: () => boolean;
  readonly logFile: string;
  /** Why it ended, or what it said last, for an error message. */
  readonly lastLine: () => string;
  /** Ends it politely, and firmly when its grace is over; resolves when it is gone. */
  readonly stop: () => Promise<void>;
  /** SIGKILL, at once. */
  readonly kill: () => Promise<void>;
};

/** Starts a command that cannot outlive us. The terminal's ctrl-C does not reach it: we choose the order. */
export function launch(what: Launch): Running {
  const { name, logFile } = what;
  const keeper = keep(what);
  let running = true;
  const exited = endOf(keeper).finally(() => {
    running = false;
  });
  return {
    ...{ name, logFile, exited, pid: keeper.pid ?? 0 },
    isRunning: () => running,
    lastLine: () => lastWords(readFileSync(logFile, 'utf8')),
    stop: async () => {
      keeper.stdin?.end();
      await exited;
    },
    kill: async () => {
      if (running && keeper.pid) killGroup(keeper.pid);
      await exited;
    },
  };
}

function keep({ command, args, env, logFile, graceSeconds = 10 }: Launch): ChildProcess {
  const grace = String(Math.round(graceSeconds * 10)); // in its own ticks
  const log = openSync(logFile, 'a');
  const keeper = spawn('/bin/sh', ['-c', KEEPER, 'sh', grace, command, ...args], {
    stdio: ['pipe', log, log],
    detached: true,
    env: { ...process.env, ...env },
  });
  closeSync(log);
  keeper.stdin?.on('error', () => undefined); // it ended first: `exited` tells
  return keeper;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has gone by itself meanwhile
  }
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 137));
  });
}

/**
 * Waits until a started server answers.
 *
 * @param probe resolves when it answers, rejects while it does not; called again and again
 * @throws StepFailed when it ends before it answers, or is not ready in time
 */
export async function ready<T>(server: Running, probe: () => Promise<T>, withinSeconds: number): Promise<T> {
  const { name, lastLine } = server;
  const deadline = Date.now() + withinSeconds * 1000;
  for (;;) {
    const answer = await probe().then(
      (value) => ({ value }),
      () => undefined,
    );
    if (!server.isRunning()) throw new StepFailed(`${name} ended at once: ${lastLine()}`); // whoever answered
    if (answer) return answer.value;
    if (Date.now() > deadline) {
      await server.kill();
      throw new StepFailed(`${name} was not ready in ${withinSeconds} seconds: ${lastLine()}`);
    }
    await sleep(50);
  }
}
