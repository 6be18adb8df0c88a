import { toEvent } from '../data/kept-event.ts';
import type { SendDocument } from '../data/send-document.ts';
import { tierStandingAt } from '../domain/tier-standing.ts';
import { customerAnswer } from './customer-answer.ts';
import type { ApiDeps } from './deps.ts';
import { logicOf } from './export-words.ts';
import { ruleOf, whyWords } from './pages/rule-words.ts';
import { linesOf } from './pages/story-changes.ts';
import { eventItem } from './pages/story-events.ts';
import { mailItem } from './pages/story-mails.ts';
import { type Voice, voiceFor } from './pages/voice.ts';
import { causeOf, type Speaking } from './pages/why-words.ts';

type ExportDeps = Pick<ApiDeps, 'everythingOf' | 'preview'>;

/**
 * All that is kept about a customer, as JSON, with the logic in words; piece by piece, so that no life is too long.
 *
 * A page of the customer's own gives the same.
 */
export async function* exportOf(speaking: Speaking, deps: ExportDeps): AsyncGenerator<string> {
  const { customer, language, now } = speaking;
  const voice = voiceFor(language, { ...speaking, events: [] });
  const kept = await deps.everythingOf(customer);
  yield JSON.stringify(headOf(speaking, now)).slice(0, -1);
  yield* part('events', kept.events(), (row) => ({
    ...row,
    inWords: eventItem(toEvent(row), [], voice).title,
  }));
  yield* part('sends', kept.sends(), (row) => sendIn(row, voice, { speaking, deps }));
  yield* part('decisions', kept.decisions(), (row) => ({
    ...row,
    at: new Date(row.at),
    inWords: linesOf(row, voice).map(({ text }) => text),
  }));
  yield* part('answers', kept.answers(), (row) => row);
  yield* part('clicks', kept.clicks(), (row) => row);
  yield* part('tasks', kept.tasks(), (row) => row);
  yield* part('consents', kept.consents(), (row) => row);
  yield* part('pointEntries', kept.pointEntries(), (row) => row);
  yield* part('joinRequests', kept.joinRequests(), (row) => row);
  yield* part('confirmationBounces', kept.confirmationBounces(), (row) => row);
  yield* part('privacyRequests', kept.privacyRequests(), (row) => row);
  yield* part('grants', kept.grants(), (row) => row);
  yield* part('complaints', kept.complaints(), (row) => row);
  yield* part('toldToOthers', kept.webhookMessages(), (row) => row);
  yield '}\n';
}

function headOf(speaking: Speaking, now: number) {
  const { customer, playbook } = speaking;
  const { known, contact, journey } = customer;
  const { profile, orders, feedback, complaints, referralsPaid, pause, marketingOff, ended, marks } = known;
  return {
    exportedAt: new Date(now),
    language: speaking.language,
    customer: customerAnswer(customer, { playbook, now }),
    ...{ profile, membership: membershipOf(speaking) },
    ...{ orders, feedback, complaints, referralsPaid, pause: pause ?? null, marks },
    ...{ marketingOff: marketingOff ?? null, ended: ended ?? false },
    mailsThatCount: contact.places,
    journey: journey ?? null,
    logic: logicOf(speaking),
  };
}

/** Their part in the loyalty programme, and the tier they have by it; null: none ever. */
function membershipOf({ customer, playbook, now }: Speaking) {
  if (!customer.membership) return null;
  const { tier, since, until } = tierStandingAt(customer, playbook, now);
  return { ...customer.membership, tier: tier?.name ?? null, since: since ?? null, until: until ?? null };
}

async function* part<Row>(
  name: string,
  rows: AsyncIterable<Row>,
  tell: (row: Row) => unknown,
): AsyncGenerator<string> {
  yield `,\n"${name}":[`;
  let between = '\n';
  for await (const row of rows) {
    yield `${between}${JSON.stringify(await tell(row))}`;
    between = ',\n';
  }
  yield ']';
}

type With = { readonly speaking: Speaking; readonly deps: ExportDeps };

/** A mail with what it said, and why it went out or did not. */
async function sendIn(row: SendDocument, voice: Voice, { speaking, deps }: With) {
  const { because, occasion, touch: name } = row;
  const { playbook, language } = speaking;
  const touch = playbook.touches.find((one) => one.name === name);
  const { title, notes } = mailItem(row, because, voice);
  const said = await deps.preview(row);
  return {
    ...row,
    said: said ? { subject: said.subject, text: said.text } : null,
    inWords: {
      what: [title, ...notes],
      because: because ? causeOf(because, occasion, speaking) : null,
      rule: touch ? ruleOf(touch, playbook, language) : [whyWords(language).rule.gone],
    },
  };
}
