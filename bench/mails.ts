import type { TemplateValues } from '../domain/values.ts';
import type { MailHeaders } from '../mail/headers.ts';
import { bothWays, recipients } from '../test/support/big-news.ts';

/**
 * How many mails of 14 KB are made ready to send in a second on one core: values in, MIME out; beside cached Handlebars
 * and nodemailer's composer, the same mail in turns. By processor time, so that what else runs does not count.
 *
 * Ours are text, which the mailer turns to bytes at the door; the composer's are bytes. So `asBytes` tells how many of
 * ours there are with a Buffer for each.
 *
 * `taskset -c 0 npx node bench/mails.ts [rounds] [--json]`
 */
const words = process.argv.slice(2);
const ROUNDS = Number(words.find((word) => /^\d+$/.test(word)) ?? 7);
const ROUND_MS = 500;
/** More than any memory of the formatters holds: nobody comes twice soon. */
const PEOPLE = recipients(5_000);

type Make = (values: TemplateValues, headers: MailHeaders) => { readonly length: number } | Promise<Buffer>;

const { ours, composer } = await bothWays();
const WAYS = {
  rapport: ours,
  asBytes: (values, headers) => Buffer.from(ours(values, headers)),
  composer,
} satisfies Record<string, Make>;

const made: Record<keyof typeof WAYS, number[]> = { rapport: [], asBytes: [], composer: [] };
const names = ['rapport', 'asBytes', 'composer'] as const;
let bytes = 0;
for (const name of names) await perSecond(WAYS[name]); // warm
for (let round = 0; round < ROUNDS; round += 1) {
  for (const name of names) made[name].push(await perSecond(WAYS[name]));
}
const [rapport, asBytes, theirs] = [median(made.rapport), median(made.asBytes), median(made.composer)];
const result = {
  rounds: ROUNDS,
  bytes,
  rapport,
  asBytes,
  composer: theirs,
  ratio: times(rapport),
  ratioAsBytes: times(asBytes),
};
console.log(words.includes('--json') ? JSON.stringify(result) : textOf(result));

async function perSecond(make: Make): Promise<number> {
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

/** As many as the composer's. */
function times(figure: number): number {
  return Math.round((figure / theirs) * 10) / 10;
}

function textOf({ ratio, ratioAsBytes }: typeof result): string {
  return `mails of ${bytes} bytes made ready in a second, median of ${ROUNDS} rounds
Rapport ${rapport} · cached Handlebars and nodemailer's composer ${theirs} · ${ratio} times as many
with a Buffer for each of ours ${asBytes} · ${ratioAsBytes} times as many`;
}
