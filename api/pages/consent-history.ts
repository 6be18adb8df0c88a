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
    const text = fill(saidOf(told, said), { topic: name });
    return { when: moments.date(at), text: [text, by(told, words)].filter(Boolean).join(' ') };
  });
}

type Told = Pick<ConsentProof, 'change' | 'basis'>;

function saidOf({ change, basis }: Told, said: Voice['words']['about']['said']): string {
  if (change === 'withdrawn') return said.withdrawn;
  return basis === 'service' ? said.service : said.given;
}

/** In brackets, how it came about. */
function by(told: Told & Pick<ConsentProof, 'source' | 'type' | 'how'>, words: Voice['words']): string {
  if (told.basis === 'service') return '';
  const way =
    told.change === 'given' ? words.about.said.bases[told.basis ?? 'consent'] : wayLeft(told, words);
  return way ? `(${way})` : '';
}
