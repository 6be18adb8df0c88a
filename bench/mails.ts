import { bothWays, recipients } from '../test/support/big-news.ts';

/**
 * How many mails of 14 KB are made ready to send in a second on one core: values in, MIME out; beside cached Handlebars
 * and nodemailer's composer, the same mail in turns. By processor time, so that what else runs does not count.
 *
 * `taskset -c 0 npx node bench/mails.ts [rounds] [--json]`
 */
const words = process.argv.slice(2);
const ROUNDS = Number(words.find((word) => /^\d+$/.test(word)) ?? 7);
const ROUND_MS = 500;
/** More than any memory of the formatters holds: nobody comes twice soon. */
const PEOPLE = recipients(5_000);

const { ours, composer } = await bothWays();
const made = { ours: [] as number[], composer: [] as number[] };
let bytes = 0;
await perSecond(ours); // warm
await perSecond(composer);
for (let round = 0; round < ROUNDS; round += 1) {
  made.ours.push(await perSecond(ours));
  made.composer.push(await perSecond(composer));
}
const result = {
  ...{ rounds: ROUNDS, bytes },
  rapport: median(made.ours),
  composer: median(made.composer),
  ratio: Math.round((median(made.ours) / median(made.composer)) * 10) / 10,
};
console.log(words.includes('--json') ? JSON.stringify(result) : textOf(result));

async function perSecond(make: typeof ours): Promise<number> {
  const before = process.cpuUsage();
  let count = 0;
  while (milliseconds(before) < ROUND_MS) {
    const from = count % PEOPLE.length;
    for (const { values, headers } of PEOPLE.slice(from, from + 50)) {
      bytes = (await make(values, headers)).length;
    }
    count += 50;
  }
  return Math.round((count / milliseconds(before)) * 1_000);
}

/** Of the processor, since then. */
function milliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
}

function textOf({ rapport, composer: theirs, ratio }: typeof result): string {
  return `mails of ${bytes} bytes made ready in a second, median of ${ROUNDS} rounds
Rapport ${rapport} · cached Handlebars and nodemailer's composer ${theirs} · ${ratio} times as many`;
}
