/**
 * The customer's own pages, by signed links: to leave the topic, to choose, why this mail came, what is wrong, and their
 * membership.
 */
export type MailLinks = {
  readonly unsubscribe: string;
  readonly preferences: string;
  readonly why: string;
  /** Where what the mail asks is answered; a mail that asks nothing has no use for it. */
  readonly answer: string;
  /** A form: something is wrong. */
  readonly complain: string;
  readonly membership: string;
  /** Where they tell where their gift is to go; `null` where that is known, or there is none. */
  readonly address: string | null;
};
