import type { ImportFormat } from './import-formats.ts';
import type { Row } from './import-row.ts';

/** Suppressions of which nobody can be written to again; others are an unsubscribe. */
const DEAD = /bounce|spam|invalid/i;

/** Nobody said anything yet: neither a consent nor a refusal. */
const SUBSCRIBED = /^subscribed?$/i;
const UNSUBSCRIBED = /^unsubscribed?$/i;

function stateIn(row: Row): Readonly<Record<string, string | undefined>> {
  const consent = row['email marketing consent'] ?? '';
  const suppressions = (row['email suppressions'] ?? '').replace(/^\[\]$/, '');
  const isDead = DEAD.test(suppressions);
  return {
    ...(SUBSCRIBED.test(consent) && { subscribed: 'yes', consent_source: 'Klaviyo: subscribed' }),
    ...((UNSUBSCRIBED.test(consent) || (suppressions !== '' && !isDead)) && { refused: 'yes' }),
    ...(isDead && { suppressed: suppressions }),
  };
}

/**
 * The export of a list or segment of Klaviyo.
 *
 * @see https://help.klaviyo.com/hc/en-us/articles/115005078687
 */
export const KLAVIYO: readonly ImportFormat[] = [
  {
    name: 'Klaviyo profiles',
    kind: 'customers',
    source: 'klaviyo',
    timeZone: 'UTC',
    recognisedBy: [
      ['email', 'email marketing consent'],
      ['email', 'klaviyo id'],
    ],
    columns: {
      email: ['email'],
      first_name: ['first name'],
      last_name: ['last name'],
      consent_at: ['email marketing consent timestamp'],
    },
    reads: stateIn,
  },
];
