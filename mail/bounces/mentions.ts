import { addressesIn, addressOf } from './address.ts';
import { fieldOf } from './fields.ts';
import type { Letter } from './letter.ts';

/** A line of a notice that names a recipient. */
export type Mention = { readonly line: number; readonly recipient: string };

const TO =
  '<?"?(?:mailto:|smtp[:=])?(?<to>[^\\s<>()"\\[\\]:;,：；，。、（）＜＞「」【】]{1,200}@[^\\s<>()"\\[\\]:;,：；，。、（）＜＞「」【】]{1,200}?)(?=[\\s<>()"\\[\\]:;,：；，。、（）＜＞「」【】]|$)"?>?';

/** When it was: Outlook tells it behind each recipient, in its language. */
const ON = '(?:(?:on|am|le|el|em|il|op|den|dnia|dne|la) )?\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4}\\b';

/** What stands after an address that opens a line. */
const AFTER = `(?:[:;,.]*\\s*$|\\s+${ON}|\\s*:|\\s?\\.\\.\\.|\\s+[-–(\\[]|\\s+on \\w|\\s*<|\\s+(?:failed|invalid|unknown|not|is|was|user|couldn|does|has|error)|\\s+\\d{3}\\b|[,;] )`;

/** How notices name recipients, best first; only the best kind that a notice has counts. */
const KINDS: readonly (readonly RegExp[])[] = [
  [
    rule(
      `(?:original (?:recipient )?address|original recipient|failed recipient|undeliverable address|intended recipient|error-for|failed address)\\s*[:=]\\s*${TO}`,
    ),
    rule(`\\(generated from ${TO}\\)`),
  ],
  [
    rule(`^[\\s*•·|>-]{0,12}['"(\\[]{0,2}${TO}['")\\]]{0,2}${AFTER}`),
    rule(`^\\s{0,12}[^@]{1,100}(?:smtp=|[<(])${TO}\\)?;?\\s+(?:on \\w|${ON})`),
    rule(`^[^@]{1,80}<mailto:${TO}>?`),
  ],
  [
    rule(`^(?:.{0,40}(?:>>>|<<<|--&gt;)\\s*|\\s*(?:in|sent):\\s*|\\s{0,8})rcpt to:\\s*${TO}`),
    rule(
      `(?:recipients?(?: address(?:es)?)?|addressed to|rcpt to|addressee|destinat\\S{2,8}|empfänger\\S{0,8}|geadresseerde|address|user|mailbox|account|odbiorca|mottagare|modtager|получател\\S{1,3}|адресат|宛て?先|送信先|收\\s?件\\s?(?:人|者)|받는 ?사람|수신자)\\s*[:=：]\\s*${TO}`,
    ),
    rule(
      `(?:deliver\\w*|sent|send|reach|mail|message|e-?mail|undeliverable|forwarded)\\b[^@<]{0,60}? (?:to|for|an|à|a|para|aan|naar)(?: (?:the )?(?:following )?(?:address|recipient|user)s?)?[:\\s]\\s{0,20}${TO}`,
    ),
    rule(`(?:unknown|invalid|no such|full|userid|errors|rejected|nicht|fatal)\\b[^@]{0,40}?[: (]\\s?${TO}`),
  ],
  [rule(`^\\d{3}[ -].{0,60}?${TO}`), rule(`^\\s*to:\\s*[^@]{0,80}?${TO}`)],
];

/** The last resort: any address in the text. */
const ANYWHERE = [rule(TO)];

function rule(source: string): RegExp {
  return new RegExp(source, 'i');
}

/** Lines that name somebody else. */
const ELSE =
  /^\s*(?:from|cc|sender|reply-?to|return-?path|mail from|message-?id|x-[\w-]+|original sender|subject|date|contact|in: mail|.{0,30}mail from:)\b\s*[:=<]|\bmessage-id\b/i;

/** Our own `To:` of several, repeated: it leaves open which of them failed. */
const TO_SEVERAL = /^[\s>*|]{0,12}to:[^@]{0,200}@[^@]{1,200}@/i;

/** Words after which an address is one to turn to. */
const HELP =
  /(?:^|[^-\w])(?:contact|write to|please (?:send|reply)|send (?:e-?mail|mail|a message) to|sent by|on behalf of|help|questions?|assistance|mail from|accepting mail from|anti-?spoof\w*|spoofed)\b|\bsenders?(?: e-?mail)?(?: address)?\s?[:=]?\s?<?[^\s<>]{0,64}$/i;

/** Mailboxes of those who run a mail system: nobody's that we wrote to. */
const STAFF =
  /^(?:mailer-daemon|post-?master|abuse|support|help-?desk|hostmaster|mail-?admin|info-?postmaster|mdaemon)@/;

/** Where a line's rest cannot matter, and a pattern must not be slow. */
const LONGEST_LINE = 600;

/** The lines of a notice that name its recipients; none where it names nobody. */
export function mentionsIn(lines: readonly string[], letter: Letter): readonly Mention[] {
  return mentionsOf(KINDS, lines, letter);
}

/** The lines that name anybody at all who may be meant. */
export function addressesAnywhere(lines: readonly string[], letter: Letter): readonly Mention[] {
  return mentionsOf([ANYWHERE], lines, letter);
}

function mentionsOf(kinds: typeof KINDS, lines: readonly string[], letter: Letter): readonly Mention[] {
  const found = kinds.map((kind) => lines.flatMap((line, at) => mentionOf(line, at, kind)));
  const others = new Set(othersOf(letter));
  for (const mentions of found) {
    const own = mentions.filter(({ recipient }) => !others.has(recipient) && !STAFF.test(recipient));
    if (own.length > 0) return own;
  }
  return [];
}

function mentionOf(line: string, at: number, kind: readonly RegExp[]): readonly Mention[] {
  const before = line.slice(0, Math.min(line.indexOf('@'), LONGEST_LINE));
  if (!line.includes('@') || isElse(line.slice(0, LONGEST_LINE)) || HELP.test(before)) return [];
  for (const pattern of kind) {
    const to = pattern.exec(line.slice(0, LONGEST_LINE))?.groups?.to;
    const recipient = to && addressOf(to);
    if (recipient) return [recipient, ...alsoIn(line, to)].map((one) => ({ line: at, recipient: one }));
  }
  return [];
}

function isElse(line: string): boolean {
  return ELSE.test(line) || TO_SEVERAL.test(line);
}

/** `an@example.net, bo@example.org; …`: those who stand behind a recipient in a list, with nothing between. */
const NEXT = /^[\s>"')\]]{0,4}[,;][\s<"'(]{0,6}([^\s<>()"'[\]:;,@]{1,100}@[^\s<>()"'[\]:;,@]{1,200})/;

function alsoIn(line: string, first: string): readonly string[] {
  const found: string[] = [];
  let rest = line.slice(line.indexOf(first) + first.length, LONGEST_LINE);
  for (let next = NEXT.exec(rest); next?.[1]; next = NEXT.exec(rest)) {
    found.push(...addressesIn(next[1]));
    rest = rest.slice(next[0].length);
  }
  return found;
}

/** Whose address a notice may name without meaning its recipient: who gets the notice, sent the mail, runs the system. */
function othersOf({ fields, original }: Letter): readonly string[] {
  const ours = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'from', 'reply-to', 'sender'];
  const theirs = ['from', 'sender', 'return-path', 'reply-to', 'x-sender'];
  const texts = [
    ...ours.map((name) => fieldOf(fields, name)),
    ...theirs.map((name) => fieldOf(original, name)),
  ];
  return texts.flatMap(addressesIn);
}
