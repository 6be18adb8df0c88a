import { Command, Option } from 'commander';
import { MOST_CUSTOMERS, MOST_DAYS, upTo } from './options.ts';

/** What can be killed, and how it is called. */
export const VICTIMS = { worker: 'The worker', temporal: 'Temporal', mongodb: 'MongoDB' } as const;

export type ChaosOptions = {
  /** One of them, or all three by turns. */
  readonly kill: keyof typeof VICTIMS | 'all';
  readonly times: number;
  /** Mean time between the first sign of work after a kill and the next kill, seconds. */
  readonly every: number;
  readonly customers: number;
  readonly days: number;
  readonly seed: string;
  /** The result as JSON, on the last line of stdout. */
  readonly json: boolean;
};

/** Reads the flags of a chaos run; wrong usage ends the process with code 2, `--help` with 0. */
export function readChaosOptions(argv: readonly string[]): ChaosOptions {
  return new Command('chaos')
    .description(
      'Plays the demo while a part of it is killed at random moments, and checks what became of it.',
    )
    .addOption(
      new Option('--kill <part>', 'what is killed').choices([...Object.keys(VICTIMS), 'all']).default('all'),
    )
    .option('--times <n>', 'how often', upTo(1000, 0), 20)
    .option('--every <seconds>', 'mean time from the first work after a kill to the next', upTo(600), 2)
    .option('--customers <n>', 'the first n customers of the sample', upTo(MOST_CUSTOMERS), 60)
    .option('--days <n>', 'at most so many days from 1 January 1997', upTo(MOST_DAYS), 180)
    .option('--seed <words>', 'another seed, other people and other moments', '1')
    .option('--json', 'print the result as JSON on the last line too', false)
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse(argv)
    .opts<ChaosOptions>();
}
