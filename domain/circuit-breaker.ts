import type { DeliveryReport } from './delivery-report.ts';

/** What became of the last marketing mails. */
export type Lately = {
  /** Those handed over, a thousand at most. */
  readonly mails: number;
  readonly spamComplaints: number;
  readonly hardBounces: number;
};

/** Why marketing is paused: which of the two was too many, and the numbers. */
export type Trip = Lately & { readonly cause: 'spam-complaints' | 'hard-bounces' };

/** How many mails are looked back upon. */
export const WINDOW = 1_000;

/** Gmail and Yahoo refuse mail of whoever reaches 0.3 % (https://support.google.com/mail/answer/81126). */
const SPAM_COMPLAINTS = { share: 0.003, least: 3 };
/** Amazon SES puts an account under review at 5 % (https://docs.aws.amazon.com/ses/latest/dg/reputationdashboard-bounce.html). */
const HARD_BOUNCES = { share: 0.05, least: 10 };

/**
 * Whether marketing is to be paused. Both thresholds are of the last thousand mails; where fewer left, it also takes
 * as many as make the rule sure of itself: three complaints are 0.3 % of a thousand, ten bounces are 5 % of two
 * hundred. So one of twenty pauses nothing, and a bad list is noticed long before its thousandth mail.
 *
 * Only another complaint or bounce can make it so, never another mail: it has to be asked after those only.
 */
export function tripOf(lately: Lately): Trip | undefined {
  const { mails, spamComplaints, hardBounces } = lately;
  if (isTooMany(spamComplaints, mails, SPAM_COMPLAINTS)) return { cause: 'spam-complaints', ...lately };
  if (isTooMany(hardBounces, mails, HARD_BOUNCES)) return { cause: 'hard-bounces', ...lately };
  return undefined;
}

/** Whether a report is of the kinds that are counted. */
export function isCounted(report: DeliveryReport): boolean {
  return report.kind === 'spam-complaint' || (report.kind === 'bounce' && report.class === 'hard');
}

function isTooMany(bad: number, of: number, { share, least }: typeof SPAM_COMPLAINTS): boolean {
  return bad >= least && bad >= share * of;
}

/** Why, in words for logs, the API and whoever is told. */
export function becauseOf({ cause, mails, spamComplaints, hardBounces }: Trip): string {
  return cause === 'spam-complaints'
    ? `${spamComplaints} spam complaints in the last ${mails} marketing mails`
    : `${hardBounces} hard bounces in the last ${mails} marketing mails`;
}
