/** What arrived, counted by the mail catcher. */
export type MailCounts = {
  /** Distinct Message-IDs. */
  readonly delivered: number;
  /** Mails that came again. */
  readonly duplicates: number;
  /** Service mail that came once more after an unknown fate (design §6): allowed, and told apart. */
  readonly repeated: number;
};

/** One mail in the catcher. */
export type Arrived = { readonly messageId: string; readonly to: string };

/**
 * Counts mails by their Message-IDs; mail to the team counts nowhere.
 *
 * @param resends how often a mail may have been sent once more, by Message-ID; absent: never
 */
export function countMail(
  arrived: readonly Arrived[],
  team: readonly string[],
  resends: ReadonlyMap<string, number>,
): MailCounts {
  const toCustomers = arrived.filter(({ to }) => !team.includes(to));
  const copies = Map.groupBy(toCustomers, ({ messageId }) => messageId);
  let repeated = 0;
  for (const [messageId, same] of copies) repeated += Math.min(same.length - 1, resends.get(messageId) ?? 0);
  return { delivered: copies.size, duplicates: toCustomers.length - copies.size - repeated, repeated };
}
