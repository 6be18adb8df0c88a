import type { Command } from 'commander';
import type { z } from 'zod';
import { listedSends, SendsQuery } from '../../api/listed-sends.ts';
import { Problem } from '../../api/problem.ts';
import { type Said, sendAgain, settleByHand } from '../../api/settling.ts';
import { failedSends } from '../../data/failed-sends.ts';
import { unsettledSends } from '../../data/unsettled-sends.ts';
import { SendAgainRequest, SettleSendRequest } from '../../domain/requests.ts';
import { sendId } from '../../domain/send-ref.ts';
import { answer } from '../answer.ts';
import { connected } from '../connected.ts';
import { saidBy } from '../said-by.ts';
import { sendsText } from '../sends-text.ts';
import { settlingDeps } from '../settling-deps.ts';

type Told = { readonly because: string; readonly by: string };

/** `rapport sends`: the mails that wait for a person, and what people decide of them; as `GET /v1/sends` does. */
export function sendsCommand(program: Command): void {
  const sends = program
    .command('sends')
    .description('mails that wait for a person: of unknown fate, or given up');
  sends
    .command('list', { isDefault: true })
    .description('the latest first; with --json as GET /v1/sends answers')
    .option('--outcome <outcome>', 'unknown, or failed: given up', 'unknown')
    .option('--touch <name>', 'of one touch')
    .option('--kind <kind>', 'marketing or service')
    .option('--since <time>', 'due, or given up, at this time or after it (RFC 3339)')
    .option('--limit <count>', 'of a page', '50')
    .option('--cursor <next>', 'from where the page before ended')
    .action(list);
  decision(sends, 'settle <mail>')
    .description('say what became of a mail of unknown fate; lost gives its place under the caps back')
    .requiredOption('--as <outcome>', 'arrived or lost')
    .action(settle);
  decision(sends, 'send-again <mail>')
    .description('make one more attempt, to the letter as it was, under the same checks as any')
    .action(again);
}

/** What is kept of every decision: who, and why. */
function decision(sends: Command, usage: string): Command {
  return sends
    .command(usage)
    .requiredOption('--because <text>', 'why, or how that is known')
    .requiredOption('--by <name>', 'who decides it');
}

async function list(options: object, command: Command): Promise<void> {
  const query = checked(command, SendsQuery, options);
  const [page, counts] = await connected(() =>
    Promise.all([
      listedSends({ unsettledSends, failedSends }, query),
      Promise.all([unsettledSends.count(MOST_COUNTED), failedSends.count(MOST_COUNTED)]),
    ]),
  );
  const [unknown, failed] = counts;
  answer(command, page, sendsText(page, query.outcome === 'unknown' ? { failed } : { unknown }));
}

/** More are not counted. */
const MOST_COUNTED = 1_000;

async function settle(mail: string, { as, ...told }: Told & { as: string }, command: Command): Promise<void> {
  const { outcome, ...said } = checked(
    command,
    SettleSendRequest,
    { outcome: as, ...told },
    { outcome: 'as' },
  );
  await decide(mail, (deps, id) => settleByHand(deps, id, outcome, saidOf(said)));
  const place = outcome === 'lost' ? '; its place under the caps is free again' : '';
  answer(command, { mail, outcome }, `It is kept that this mail ${WAS[outcome]}${place}.`);
}

const WAS = { arrived: 'arrived', lost: 'was lost' } as const;

async function again(mail: string, told: Told, command: Command): Promise<void> {
  const said = checked(command, SendAgainRequest, told);
  const receipt = await decide(mail, (deps, id) => sendAgain(deps, id, saidOf(said)));
  const text = receipt.duplicate
    ? 'Somebody has asked for it already; it is sent once.'
    : 'It is sent once more by the next worker, in open hours and under the caps.';
  answer(command, receipt, text);
}

function saidOf({ because, by }: { because: string; by?: string }): Said {
  return { because, by: saidBy(by) };
}

/** A mail is named by the `id` of the list, or by its key. */
function decide<Result>(
  mail: string,
  work: (deps: ReturnType<typeof settlingDeps>, id: string) => Promise<Result>,
): Promise<Result> {
  const deps = settlingDeps(process.env);
  const id = mail.includes('/') ? sendId(mail.split('/')[0] ?? '', mail) : mail;
  return connected(() => work(deps, id)).catch((error: unknown) => {
    const isNone = error instanceof Problem && error.statusCode === 404;
    throw isNone ? new Error(`there is no mail ${mail}: rapport sends list`) : error;
  });
}

/**
 * Options as the API reads them. Wrong ones are wrong usage: nothing was looked up yet.
 *
 * @param names of options that the API calls otherwise
 */
function checked<Schema extends z.ZodType>(
  command: Command,
  schema: Schema,
  options: object,
  names: Readonly<Record<string, string>> = {},
): z.output<Schema> {
  const read = schema.safeParse(options);
  if (read.success) return read.data;
  const lines = read.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `--${names[name] ?? name}: ${message}`;
  });
  return command.error(lines.join('\n'), { exitCode: 2 });
}
