import type { Choice } from '../../domain/leaving.ts';
import { topicWords } from '../../domain/topics.ts';
import type { GuestDeps } from './guest.ts';
import type { Visit } from './shop-page.ts';
import { fill } from './words.ts';

/**
 * Keeps what a customer chose, by the one path in.
 *
 * @returns whether there was anything to keep
 */
export async function chooseAs(
  { receiver }: Pick<GuestDeps, 'receiver'>,
  customerId: string,
  choice: Choice | undefined,
): Promise<boolean> {
  if (!choice) return false;
  await receiver.receiveOwn(customerId, choice.event, choice.id);
  return true;
}

/** A consent to a topic, to the words by which the page asks for it. */
export function consentTo(
  topic: string,
  { words, playbook, language }: Visit,
  evidence?: { readonly form: string; readonly restores?: string },
) {
  const { name, note } = topicWords(playbook, topic, language);
  const about = note === undefined ? name : `${name}. ${note}`;
  const wording = `${fill(words.wording, { shop: playbook.shop.name })} ${about}. ${words.canStop}`;
  const asked = { wording, wordingVersion: `playbook ${playbook.version}`, locale: language };
  return { topic, basis: 'consent' as const, ...asked, ...(evidence && { evidence }) };
}
