import { addressesIn, addressOf } from './address.ts';
import { repliesIn, statusesIn } from './codes.ts';
import { withoutDelivered } from './delivered-too.ts';
import { fieldOf } from './fields.ts';
import { forwardsIn, withoutForwards } from './forwarded.ts';
import type { Letter } from './letter.ts';
import { addressesAnywhere, mentionsIn } from './mentions.ts';
import { readTranscript } from './transcript.ts';
import { classOfWords } from './words.ts';

/** What a notice written for people says of one recipient. */
export type Told = { readonly recipient?: string; readonly words: string };

/** Reads a notice for people: whom it names, and the words that belong to each. */
export function readNotice(letter: Letter): readonly Told[] {
  const lines = linesOf(letter);
  const session = readTranscript(lines);
  if (session.length > 0) return session;

  const mentions = mentionsIn(lines, letter);
  const named = [...new Set(mentions.map(({ recipient }) => recipient))];
  const recipients = failedIn(letter) ?? (named.length > 0 ? named : meantIn(lines, letter));
  if (recipients.length === 0) return [{ words: wordsIn(lines.join('\n')) }];
  const parts = partsOf(lines, recipients);
  return recipients.slice(0, MOST_RECIPIENTS).map((recipient) => {
    return { recipient, words: wordsOf(parts.get(recipient) ?? '', parts, recipients.length) };
  });
}

function meantIn(lines: readonly string[], letter: Letter): readonly string[] {
  const returned = recipientsOf(letter);
  if (returned.length > 0) return returned;
  const inSubject = addressesAnywhere([letter.subject], letter);
  if (inSubject.length > 0) return [...new Set(inSubject.map(({ recipient }) => recipient))];
  return [...new Set(addressesAnywhere(lines, letter).map(({ recipient }) => recipient))].slice(0, 1);
}

/** How much of a notice is read: what it says stands above the mail it returns. */
const MOST_LINES = 2000;
const MOST_RECIPIENTS = 500;

function linesOf(letter: Letter): readonly string[] {
  const lines = withoutForwards(letter.notice).split('\n').slice(0, MOST_LINES);
  const failed = withoutDelivered(lines);
  return mentionsIn(failed, letter).length > 0 ? failed : lines;
}

/** The header by which Exim and Google name the recipients that failed. */
function failedIn({ fields, notice }: Letter): readonly string[] | undefined {
  const forwards = forwardsIn(notice);
  const named = addressesIn((fields.get('x-failed-recipients') ?? []).join(','));
  const failed = [...new Set(named.map((one) => forwards.get(one) ?? one))];
  return failed.length > 0 ? failed : undefined;
}

/** Whether a notice names a recipient itself. */
export function namesRecipient(letter: Letter): boolean {
  return failedIn(letter) !== undefined || mentionsIn(linesOf(letter), letter).length > 0;
}

/** Whom the returned mail was for, where the notice names nobody; several leave it open which of them failed. */
export function recipientsOf({ original }: Pick<Letter, 'original'>): readonly string[] {
  for (const name of ['x-original-to', 'envelope-to', 'x-rcpt-to', 'to', 'apparently-to']) {
    const found = addressesIn(fieldOf(original, name)).filter((address) => addressOf(address));
    if (found.length === 1) return found;
  }
  return [];
}

/** Each line goes to the recipient named last; what stands before the first is everybody's, under the empty name. */
function partsOf(lines: readonly string[], recipients: readonly string[]): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  let owner = '';
  for (const line of lines) {
    const lower = line.includes('@') ? line.toLowerCase() : '';
    const next = (lower && recipients.find((recipient) => lower.includes(recipient))) || owner;
    parts.set(next, `${parts.get(next) ?? ''}${next === owner ? '' : '\n'}${line}\n`);
    owner = next;
  }
  return parts;
}

/** The words of one recipient: beside it, else below the list of all, else above it. */
function wordsOf(own: string, parts: ReadonlyMap<string, string>, count: number): string {
  const last = [...parts.values()].at(-1) ?? '';
  const candidates = [own, ...(count > 1 ? [last] : []), parts.get('') ?? ''];
  const best = candidates.find((text) => speaks(wordsIn(text)));
  return wordsIn(best ?? candidates.find((text) => text.trim()) ?? '');
}

/** Whether words say anything of a delivery. */
export function speaks(words: string): boolean {
  return classOfWords(words) !== undefined || statusesIn(words).length > 0 || repliesIn(words).length > 0;
}

const REPLY = /(?:^|[\s:>'"([<#-])(?:[45]\d\d[ -](?:\D|[45]\.)|[45]\d\d$|#?[45]\.\d{1,3}\.\d{1,3}\b)/;

/** What a notice repeats of our mail says nothing of its fate. */
const REPEATED =
  /^[\s>*|]{0,12}(?:message-id|subject|date|betreff|onderwerp|objet|asunto|assunto|oggetto|ämne|emne|тема|件名|主题|主旨|제목)\s{0,4}[:：][^\n]*$/gimu;

/** The server's own words in a text: its reply up to the end of the paragraph, else the paragraph that says most. */
function wordsIn(whole: string): string {
  const text = whole.replace(REPEATED, '');
  const paragraphs = text.split(/\n[ \t>]*\n/).map((paragraph) => paragraph.trim());
  const replied = paragraphs.find((paragraph) => REPLY.test(paragraph));
  if (replied) return fromReply(replied);
  const said = paragraphs.filter((paragraph) => paragraph && classOfWords(paragraph) !== undefined);
  return oneParagraph(said[0] ?? paragraphs.find((paragraph) => /\w/.test(paragraph)) ?? '');
}

/** A step before that of the recipient: what is refused there is refused to the sender, whatever the words. */
const OUR_STEP =
  /sender was rejected|my name was rejected|greeting failed|after (?:pipelined )?(?:mail from|helo|ehlo)|>>> (?:mail|helo|ehlo)\b/i;

/** What stands before a reply says who got it, and from whom; only the step that was refused matters. */
function fromReply(paragraph: string): string {
  const lines = paragraph.split('\n');
  const at = lines.findIndex((line) => REPLY.test(line));
  const answered = lines.filter((line) => /^\s*<<< /.test(line) && REPLY.test(line));
  const steps = lines.slice(0, at).filter((line) => OUR_STEP.test(line));
  const whole = oneParagraph([...steps, ...(answered.length > 0 ? answered : lines.slice(at))].join('\n'));
  const reply =
    steps.length > 0 ? whole : whole.slice(Math.max(0, whole.search(REPLY))).replace(/^[\s:>'"([<#]/, '');
  return classOfWords(reply) === undefined ? whole : reply;
}

function oneParagraph(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 2000);
}
