import { Command, InvalidArgumentError } from 'commander';

export type DemoOptions = {
  readonly customers: number;
  readonly days: number;
  readonly seed: string;
  /** Stop all at the end, instead of leaving the pages up. */
  readonly exit: boolean;
  /** The summary as JSON, on the last line of stdout. */
  readonly json: boolean;
};

/** In the sample. */
export const MOST_CUSTOMERS = 2357;

/** From 1 January 1997 to 30 June 1998, the last day in the sample. */
export const MOST_DAYS = 546;

/** Reads the demo's flags; wrong usage ends the process with code 2, `--help` with 0. */
export function readOptions(argv: readonly string[]): DemoOptions {
  return new Command('demo')
    .description('Plays real purchases of 1997 (CDNOW) through Rapport, in a time-lapse.')
    .option(
      '--customers <n>',
      `the first n customers of the sample, 1–${MOST_CUSTOMERS}`,
      upTo(MOST_CUSTOMERS),
      40,
    )
    .option('--days <n>', `days from 1 January 1997, 1–${MOST_DAYS}`, upTo(MOST_DAYS), 120)
    .option('--seed <words>', 'another seed invents other people, hours, products and scores', '1')
    .option('--exit', 'stop all at the end, instead of leaving the pages up', false)
    .option('--json', 'print the summary as JSON on the last line too', false)
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .parse(argv)
    .opts<DemoOptions>();
}

/** Reads a whole number. */
export function upTo(most: number, least = 1): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}
