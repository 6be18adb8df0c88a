import { addressesIn } from './address.ts';
import { type CodeClass, isTelling } from './codes.ts';
import { type Outcome, readOutcomes } from './dsn.ts';
import { fieldOf } from './fields.ts';
import type { Letter } from './letter.ts';
import { isFromMailer, saysSo } from './mailer.ts';
import { type Manner, mannerOf } from './manner.ts';
import { readNotice, recipientsOf, speaks, type Told } from './notice.ts';
import { readNotification } from './sns.ts';
import { type Refused, type Verdict, verdictOn } from './verdict.ts';
import { classOfWords, ruleFor } from './words.ts';

/** What became of a mail to one recipient. */
export type Delivery = {
  readonly recipient?: string;
  readonly manner: Manner;
  readonly class?: CodeClass;
  readonly status?: string;
  /** The server's words, empty if none are known. */
  readonly words: string;
};

/** What a mail tells of deliveries: by its parts for machines, else by its words for people; nothing if it is no report. */
export function readDeliveries(letter: Letter): readonly Delivery[] {
  const outcomes = outcomesOf(letter);
  if (outcomes.length > 0) return fromOutcomes(outcomes, letter);

  const manner = isFromMailer(letter) && !isReceipt(letter) ? mannerOf(letter) : undefined;
  if (!manner) return [];
  const isTold = manner === 'delivered' || saysSo(letter);
  const told = readNotice(letter).filter(({ words }) => isTold || speaks(words));
  return told.flatMap((one) => fromNotice(one, manner, letter));
}

/** A receipt of reading tells of a person, not of a delivery (RFC 8098). */
function isReceipt({ types, notice }: Letter): boolean {
  if (/automatically rejected/i.test(notice)) return false; // Sieve's `reject` answers in the form of a receipt (RFC 5429)
  return [...types].some((type) => type.includes('disposition-notification'));
}

const FIELDS = /^(?:reporting-mta|original-recipient|final-recipient)[ \t]{0,3}:/im;

/** The delivery status; where a mail's parts are broken, it stands among its words. */
function outcomesOf(letter: Letter): readonly Outcome[] {
  if (letter.statuses.length > 0) return letter.statuses.flatMap(readOutcomes);
  const notification = readNotification(letter);
  if (notification) return notification.outcomes;
  const at = isFromMailer(letter) ? letter.notice.search(FIELDS) : -1;
  return at < 0 ? [] : readOutcomes(letter.notice.slice(at));
}

function fromOutcomes(outcomes: readonly Outcome[], letter: Letter): readonly Delivery[] {
  const told = readNotice(letter);
  const only = outcomes.length === 1 ? (told[0]?.recipient ?? recipientsOf(letter)[0]) : undefined;
  return outcomes.map((outcome) => {
    const recipient = outcome.recipient ?? only;
    const words = besideOf(recipient, told);
    return { ...(recipient ? { recipient } : {}), ...judged(outcome, { recipient, words }, letter) };
  });
}

/** What the notice says of a recipient, if anything. */
function besideOf(recipient: string | undefined, told: readonly Told[]): string {
  const named = told.find((one) => one.recipient === recipient) ?? (told.length === 1 ? told[0] : undefined);
  return named && speaks(named.words) ? named.words : '';
}

function judged(outcome: Outcome, notice: Refused, letter: Letter): Delivery {
  const { action: manner, status } = outcome;
  const words = outcome.words || notice.words;
  if (manner === 'delivered') return { words, manner, ...(status ? { status } : {}) };
  const refused = { words: weighed(outcome, notice.words), status, recipient: notice.recipient };
  return { words, manner, ...judge(refused, manner, letter) };
}

/** The report's words; the notice's beside them where they say nothing. */
function weighed({ words, status }: Outcome, beside: string): string {
  const says =
    classOfWords(words) !== undefined || (words !== '' && status !== undefined && isTelling(status));
  return (says && !isFullBeside(words, beside)) || !beside ? words : `${words} ${beside}`;
}

/** A full mailbox is soft whatever its code, though only the notice says it, and the report gives a code. */
function isFullBeside(words: string, beside: string): boolean {
  return classOfWords(words) === undefined && ruleFor(beside)?.because === 'full';
}

function fromNotice({ recipient, words }: Told, manner: Manner, letter: Letter): readonly Delivery[] {
  const known = { ...(recipient ? { recipient } : {}), words, manner };
  if (manner === 'delivered') return [known];
  return [{ ...known, ...judge({ words, recipient }, manner, letter) }];
}

/** A delay is soft, whatever else is said, and so is what is cut off before its end; au marks with `X-SPASIGN` what its customer's own filter refused. */
function judge(refused: Refused, manner: Manner, letter: Letter): Verdict {
  const verdict = verdictOn({ ...refused, senders: sendersOf(letter) });
  if (manner === 'delayed') return { ...verdict, class: 'soft' };
  if (verdict.class !== 'hard') return verdict;
  if (letter.isCut) return { ...verdict, class: 'soft' };
  return isOwnFilter(refused, letter) || isOurStep(letter) ? { ...verdict, class: 'policy' } : verdict;
}

/** A bounce goes to the sender of the envelope; the mail it returns says who else it was from. */
function sendersOf({ fields, original }: Letter): readonly string[] {
  return addressesIn([fieldOf(fields, 'to'), ...FROM.map((name) => fieldOf(original, name))].join(' '));
}

const FROM = ['from', 'sender', 'return-path'] as const;

/** What a server answers before it hears of a recipient is said to the sender, though it says "unknown user". */
function isOurStep({ notice }: Letter): boolean {
  return /^>>> (?:mail|helo|ehlo)\b[^\n]*\n<<< 5\d\d/im.test(notice) && !/^>>> rcpt/im.test(notice);
}

/** Japanese carriers say "unknown user" of a mail that the customer's own filter refused, after its contents. */
function isOwnFilter(
  { words, status }: { words: string; status?: string | undefined },
  { fields, notice }: Letter,
): boolean {
  if (fieldOf(fields, 'x-spasign') === 'NG' || /550 : User unknown/i.test(words)) return true;
  const isCarrier = /docomo\.ne\.jp/i.test(notice) || /docomo\.ne\.jp/i.test(words);
  const isLate =
    />>> DATA\s+<<< 550 Unknown user/i.test(notice) ||
    /end of DATA|\(state 1[578]\)/i.test(`${words} ${notice}`);
  return isCarrier && isLate && status !== '5.1.1';
}
