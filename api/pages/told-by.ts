import type { ConsentProof } from '../../domain/consent-proof.ts';
import { entryOf, fill, type Words } from './words.ts';

type Withdrawn = Pick<ConsentProof, 'how' | 'type' | 'source'>;

/** By which way somebody left, or who told of it, as a part of a sentence; only preferences change several topics. */
export function wayLeft({ how = '', type, source }: Withdrawn, { told }: Pick<Words, 'told'>): string {
  const isOwn = source === 'rapport';
  const own = isOwn ? entryOf<string>(told.ways, type === 'consent' ? 'preferences' : type) : undefined;
  const way = entryOf<string>(told.ways, how) ?? own;
  return way ?? (isOwn ? '' : fill(told.system, { source }));
}

/** Who did something by hand: as they are called, without the program that they used. */
export function handOf(by: string, { told }: Pick<Words, 'told'>): string {
  return by === 'page' || by === 'command' ? told.someone : by.replace(/ \(command\)$/, '');
}

/** Why something was done, and who did it, where they said so. */
export function whyDone(
  { because, by }: { readonly because?: string | undefined; readonly by?: string | undefined },
  words: Pick<Words, 'told'>,
): string | undefined {
  const why = because === 'preferences' ? words.told.preferences : because;
  return by === undefined || why === undefined ? why : `${handOf(by, words)}: ${why}`;
}
