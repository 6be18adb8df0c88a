/**
 * What is kept for a time, in the order in which it is gone over:
 *
 * - `written`: what customers wrote: comments, complaints, answers. Scores and dates stay, facts rest on them.
 * - `mails`: what a mail said, to whom, and the mail server's words. That it was sent stays: never twice rests on it.
 * - `decisions`: what was planned when, and why; also which mails were copied to the team.
 * - `requests`: requests by law that were answered.
 * - `inactive`: customers of whom nothing was heard: they are erased.
 */
export const RETAINED = ['written', 'mails', 'decisions', 'requests', 'inactive'] as const;

export type Retained = (typeof RETAINED)[number];

/** How many of each went. */
export type RetentionCounts = Readonly<Partial<Record<Retained, number>>>;

/** A page to go over: what, and after which customer. */
export type RetentionPage = { readonly kind: Retained; readonly after?: string };

/** What came of a page; `after`: where the next begins, if there is one. */
export type PageRetained = { readonly count: number; readonly after?: string };
