import { type Command, Option } from 'commander';
import { answerByErasing, whoIsMeant } from '../../data/answer-request.ts';
import { privacyRequests } from '../../data/privacy-requests.ts';
import { LANGUAGES, type Language } from '../../domain/languages.ts';
import type { PrivacyRequest } from '../../domain/privacy-request.ts';
import { answer } from '../answer.ts';
import { connected } from '../connected.ts';
import { exportCustomer } from '../export-customer.ts';
import { closedRequests, closedText, openText } from '../request-list.ts';
import { saidBy } from '../said-by.ts';
import { readHashKey } from '../settings.ts';

type By = { readonly by?: string };
type Export = { readonly out: string; readonly lang: Language };

/** How many answered ones are listed: the last. */
const LISTED = 100;

/** `rapport request`: what customers ask by law, as their shop passed it on, and how it was answered. */
export function requestCommand(program: Command): void {
  const request = program
    .command('request')
    .description('what customers ask by law: their data, or to be erased');
  request
    .command('list')
    .description('the requests that wait for a person')
    .option('--answered', 'those that were answered, by whom, when and how')
    .action(list);
  request
    .command('export <id>')
    .description('write the data that a request asks for to a file, to hand over')
    .option('--out <folder>', 'where to', '.')
    .addOption(new Option('--lang <language>', 'of what is in words').choices(LANGUAGES).default('en'))
    .action(exportData);
  request
    .command('erase <id>')
    .description('erase whom a request is about, which answers it')
    .option('--by <name>', 'who decided it')
    .action(erase);
  request
    .command('answered <id>')
    .description('say that a request was answered')
    .option('--by <name>', 'who answered it')
    .action(answered);
}

async function list({ answered: isClosed }: { answered?: true }, command: Command): Promise<void> {
  if (isClosed) {
    const requests = await connected(() => closedRequests(LISTED));
    return answer(command, { requests }, requests.map(closedText).join('\n') || 'No request was answered.');
  }
  const requests = await connected(() => privacyRequests.open());
  answer(command, { requests }, requests.map(openText).join('\n') || 'No request is open.');
}

async function answered(id: string, { by }: By, command: Command): Promise<void> {
  const wasOpen = await connected(() => privacyRequests.answered(id, saidBy(by), Date.now()));
  if (!wasOpen) throw new Error(`there is no open request ${id}: rapport request list`);
  answer(command, { id, answered: true }, 'It is answered.');
}

async function erase(id: string, { by }: By, command: Command): Promise<void> {
  const hashKey = readHashKey(process.env);
  const answering = { hashKey, by: saidBy(by), now: Date.now() };
  const told = await connected(async () =>
    answerByErasing(await openRequest(id, 'erase-customer'), answering),
  );
  const text =
    told.how === 'erased'
      ? `${told.erased.join(', ')} is erased: nothing is known of them, no mail begins. A running worker deletes what is left.`
      : 'Nobody here is meant: nothing is kept of them.';
  answer(command, { id, ...told }, `${text} The request is answered.`);
}

/** A file for each customer who is meant: the shop may have told of one person as two. */
async function exportData(id: string, { out: folder, lang: language }: Export, command: Command) {
  const hashKey = readHashKey(process.env);
  const files = await connected(async () => {
    const meant = await whoIsMeant(await openRequest(id, 'tell-data'), hashKey);
    const written: string[] = [];
    for (const one of meant) {
      const file = await exportCustomer(one, { folder, language });
      if (file !== undefined) written.push(file);
    }
    return written;
  });
  const text =
    files.length === 0
      ? `Nobody here is meant: nothing is kept of them. Say so to whoever asked; then rapport request answered ${id}`
      : `${files.join('\n')}\nRead it, hand it over, delete it; then rapport request answered ${id}`;
  answer(command, { id, files }, text);
}

async function openRequest(id: string, kind: PrivacyRequest['kind']): Promise<PrivacyRequest> {
  const request = await privacyRequests.find(id);
  if (request?.kind !== kind) throw new Error(`no open request ${id} asks that: rapport request list`);
  return request;
}
