import { addressOf } from './address.ts';
import type { Told } from './notice.ts';

/** `In: RCPT TO:<an@example.com>`, `Out: 550 5.1.1 …`: how Postfix tells its postmaster of a session. */
const STEP = /^\s{0,4}(In|Out):\s{1,4}(.*)$/;

/**
 * Reads the session that Postfix sends to its postmaster: who was refused, and how.
 *
 * @see `notify_classes` in postconf(5)
 */
export function readTranscript(lines: readonly string[]): readonly Told[] {
  const steps = lines.flatMap((line) => STEP.exec(line) ?? []).length > 0 ? stepsIn(lines) : [];
  const refused = steps.filter(({ reply }) => /^[45]\d\d/.test(reply));
  const first = refused[0];
  if (!first) return [];

  const named = refused.filter(({ recipient }) => recipient);
  if (named.length > 0) return named.map(toldOf);
  const asked = steps
    .filter(({ recipient }) => recipient)
    .map((step) => toldOf({ ...step, reply: first.reply }));
  return asked.length > 0 ? asked : [{ words: first.reply }];
}

type Step = { readonly recipient?: string | undefined; readonly reply: string };

function stepsIn(lines: readonly string[]): readonly Step[] {
  const steps: Step[] = [];
  let command = '';
  for (const line of lines) {
    const [, side, text = ''] = STEP.exec(line) ?? [];
    const before = steps.at(-1);
    if (side === 'In') command = text;
    else if (side === 'Out') steps.push({ recipient: recipientOf(command), reply: text });
    else if (before && /^\s{4,}\S/.test(line))
      steps.splice(-1, 1, { ...before, reply: `${before.reply} ${line.trim()}` });
  }
  return steps;
}

function recipientOf(command: string): string | undefined {
  return /^rcpt to:/i.test(command) ? addressOf(command.slice(8)) : undefined;
}

function toldOf({ recipient, reply }: Step): Told {
  return { ...(recipient ? { recipient } : {}), words: reply };
}
