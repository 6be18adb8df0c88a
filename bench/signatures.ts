import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { signMessage } from '../mail/dkim.ts';
import { bothWays, recipients } from '../test/support/big-news.ts';

/**
 * How many mails of 14 KB are signed in a second by RSA-2048, four at once as a worker has connections; beside mailauth,
 * the same mails in turns; and for how long each keeps the event loop. The mails are made before.
 *
 * `npx node bench/signatures.ts [rounds] [--json]`
 */
const words = process.argv.slice(2);
const ROUNDS = Number(words.find((word) => /^\d+$/.test(word)) ?? 5);
const COUNT = 400;
const AT_ONCE = 4;

const { ours } = await bothWays();
const mails = recipients(COUNT).map(({ values, headers }) => Buffer.from(ours(values, headers)));
const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rapport = (raw: Buffer) => signMessage(raw, { key, domain: 'shop.example', selector: '2027' }, 0);
const theirs = {
  ...{ signingDomain: 'shop.example', selector: '2027' },
  privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const mailauth = (raw: Buffer) => dkimSign(raw, { ...theirs, signatureData: [{ ...theirs }] });

type Figures = { readonly perSecond: number; readonly loopMs: number; readonly cpuMs: number };

const rounds: { rapport: Figures; mailauth: Figures }[] = [];
await round(rapport); // warm
await round(mailauth);
for (let at = 0; at < ROUNDS; at += 1) {
  rounds.push({ rapport: await round(rapport), mailauth: await round(mailauth) });
}
const result = {
  ...{ rounds: ROUNDS, bytes: mails[0]?.length ?? 0 },
  rapport: medians(rounds.map((one) => one.rapport)),
  mailauth: medians(rounds.map((one) => one.mailauth)),
};
console.log(words.includes('--json') ? JSON.stringify(result) : textOf(result));

async function round(sign: (raw: Buffer) => Promise<unknown>): Promise<Figures> {
  const [loop, cpu, before] = [performance.eventLoopUtilization(), process.cpuUsage(), performance.now()];
  const queue = [...mails];
  const line = async () => {
    for (let raw = queue.pop(); raw; raw = queue.pop()) await sign(raw);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: Math.round((COUNT / (performance.now() - before)) * 1_000),
    loopMs: rounded(performance.eventLoopUtilization(loop).active / COUNT),
    cpuMs: rounded((user + system) / 1_000 / COUNT),
  };
}

function medians(figures: readonly Figures[]): Figures {
  const median = (of: keyof Figures) =>
    figures.map((one) => one[of]).sort((a, b) => a - b)[figures.length >> 1] ?? 0;
  return { perSecond: median('perSecond'), loopMs: median('loopMs'), cpuMs: median('cpuMs') };
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}

function textOf({ rapport: ours, mailauth: theirs, bytes }: typeof result): string {
  const line = (name: string, { perSecond, loopMs, cpuMs }: Figures) =>
    `${name.padEnd(10)} ${perSecond} a second · each ${loopMs} ms of the event loop, ${cpuMs} ms of processor`;
  return `mails of ${bytes} bytes signed, median of ${ROUNDS} rounds\n${line('Rapport', ours)}\n${line('mailauth', theirs)}`;
}
