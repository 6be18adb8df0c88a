import type { ImportFormat } from './import-formats.ts';
import type { Row } from './import-row.ts';

const WHO = { email: ['email address'], first_name: ['first name'], last_name: ['last name'] };
const TIMES_ARE_UTC = { timeZone: 'UTC' };

/** Mailchimp writes a birthday as `06/21`, without its year; what reads otherwise is a field of the shop's own. */
function birthdayIn({ birthday = '' }: Row): Readonly<Record<string, string | undefined>> {
  const [, month, day] = /^(\d\d)\/(\d\d)$/.exec(birthday) ?? [];
  return { birthday: month === undefined ? undefined : `${month}-${day}` };
}

/**
 * The three files of an audience's export: who is subscribed, who unsubscribed, and whose address bounced.
 *
 * @see https://mailchimp.com/help/view-export-contacts/
 */
export const MAILCHIMP: readonly ImportFormat[] = [
  {
    ...TIMES_ARE_UTC,
    name: 'Mailchimp cleaned',
    kind: 'suppressions',
    recognisedBy: [['email address', 'clean_time']],
    columns: { email: ['email address'], at: ['clean_time'], reason: [] },
    reads: () => ({ reason: 'hard-bounce' }),
  },
  {
    ...TIMES_ARE_UTC,
    name: 'Mailchimp unsubscribed',
    kind: 'customers',
    source: 'mailchimp',
    recognisedBy: [['email address', 'unsub_time']],
    columns: { ...WHO, unsubscribed_at: ['unsub_time'] },
    reads: (row) => ({ ...birthdayIn(row), refused: 'yes' }),
  },
  {
    ...TIMES_ARE_UTC,
    name: 'Mailchimp subscribed',
    kind: 'customers',
    source: 'mailchimp',
    recognisedBy: [['email address', 'member_rating', 'optin_time']],
    columns: { ...WHO, consent_at: ['confirm_time', 'optin_time'] },
    reads: (row) => ({ ...birthdayIn(row), subscribed: 'yes', consent_source: 'Mailchimp: subscribed' }),
  },
];
