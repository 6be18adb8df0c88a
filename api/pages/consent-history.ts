import type { ConsentProof } from '../../domain/consent-proof.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { topicWords } from '../../domain/topics.ts';
import { wayLeft } from './told-by.ts';
import type { Voice } from './voice.ts';
import { fill, type Language } from './words.ts';

/** What a customer ever said of consent, a line each, the latest first; by what it is proven the API tells. */
export function consentHistory(
  proofs: readonly ConsentProof[],
  { words, moments }: Pick<Voice, 'words' | 'moments'>,
  { playbook, language }: { readonly playbook: Playbook | undefined; readonly language: Language },
) {
  const { said } = words.about;
  return proofs.map(({ topic, at, ...told }) => {
    const name = topic === '*' ? said.all : topicWords(playbook ?? {}, topic, language).name;
    const text = fill(told.change === 'given' ? said.given : said.withdrawn, { topic: name });
    const by = told.change === 'given' ? said.bases[told.basis ?? 'consent'] : wayLeft(told, words);
    return { when: moments.date(at), text: by ? `${text} (${by})` : text };
  });
}
