import type { PlacedTouch } from './build-playbook.ts';
import type { PlaybookDocument } from './playbook-schema.ts';
import type { Problem } from './strict.ts';
import { didYouMean } from './suggest.ts';
import { topicsIn } from './topics.ts';

/**
 * What a document says of topics that nobody has named.
 *
 * A playbook that names its topics names them all: else customers could not choose. One of before topics were named
 * stays valid; it is warned.
 */
export function checkTopics(document: PlaybookDocument, touches: readonly PlacedTouch[]): Problem[] {
  if (!document.topics) return [];
  const marketing = touches.flatMap(({ touch: { kind, topic }, path }) => {
    if (kind !== 'marketing' || topicsIn(document)[topic]?.kind !== 'service') return [];
    const message = `"${topic}" is what customers wait for, not marketing`;
    return [{ path: [...path, 'topic'], message, hint: 'choose another topic, or kind: service' }];
  });
  return [...unnamed(document, touches), ...marketing];
}

/** The topics that touches, and soft opt-ins, are about and nobody has named. */
export function unnamed(document: PlaybookDocument, touches: readonly PlacedTouch[]): Problem[] {
  const known = Object.keys(topicsIn(document));
  const problem = (topic: string, path: readonly PropertyKey[]): Problem[] => {
    if (known.includes(topic)) return [];
    const hint = didYouMean(topic, known) ?? 'name it under topics, so that customers can choose it';
    return [{ path, message: `no topic is named "${topic}"`, hint }];
  };
  return [
    ...touches.flatMap(({ touch, path }) => problem(touch.topic, [...path, 'topic'])),
    ...document.shop.softOptIn.flatMap((topic, i) => problem(topic, ['shop', 'softOptIn', i])),
  ];
}
