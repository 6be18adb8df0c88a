import type { StoredEvent } from './event.ts';

/** What whoever answers a complaint wrote. */
export type CaseAnswerValues = { readonly paragraphs: readonly { readonly text: string }[] };

/** What a mail that answers a complaint says; an empty line parts paragraphs. */
export function caseAnswerOf(because: StoredEvent | undefined): CaseAnswerValues | null {
  if (because?.type !== 'complaint-answered' || because.data?.text === undefined) return null;
  const paragraphs = because.data.text.split(/\n\s*\n/).map((text) => ({ text: text.trim() }));
  return { paragraphs: paragraphs.filter(({ text }) => text !== '') };
}
