import type { z } from 'zod';
import type { SendsAnswer } from '../api/sends-answer.ts';

type Page = z.output<typeof SendsAnswer>;
type Mail = Page['sends'][number];

/** A page of the mails that wait for a person, with what may be decided of them; `others` are those not asked for. */
export function sendsText(
  { sends, next }: Page,
  others: { readonly unknown?: number; readonly failed?: number },
): string {
  const lines = sends.map(mailText);
  if (lines.length > 0) lines.push(...howTo(sends));
  else lines.push('None of these waits for a person.');
  if (next !== null) lines.push(`There are more: --cursor ${next}`);
  if (others.failed) lines.push(`Given up: ${others.failed}. rapport sends --outcome failed`);
  if (others.unknown) lines.push(`Of unknown fate: ${others.unknown}. rapport sends`);
  return lines.join('\n');
}

function mailText({ id, key, at, kind, outcome, because, byHand }: Mail): string {
  const what = [at, kind ?? '', outcome.kind, ...(outcome.type === undefined ? [] : [outcome.type])];
  const head = `${id}  ${what.filter((part) => part !== '').join('  ')}\n  ${key}`;
  const cause = because === null ? [] : [`  because of ${because.type} ${because.id}`];
  const hands = byHand.map(
    ({ what: said, by, at: when, because: why }) => `  ${said}, ${by} at ${when}: ${why}`,
  );
  return [head, ...cause, ...hands].join('\n');
}

function howTo(sends: readonly Mail[]): readonly string[] {
  const isUnknown = sends.some(({ outcome }) => outcome.kind === 'unknown');
  const told = '--because "…" --by NAME';
  return [
    '',
    ...(isUnknown ? [`rapport sends settle ID --as arrived|lost ${told}`] : []),
    `rapport sends send-again ID ${told}`,
  ];
}
