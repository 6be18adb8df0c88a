import type { ApiDeps } from '../deps.ts';
import { fill, type Language, WORDS } from './words.ts';

/** Of more it is only said that there are more. */
const MOST_COUNTED = 99;

/** What the start page says of the mails that wait for a person; empty where there are none. */
export async function waitingSends(
  { unsettledSends, failedSends }: Pick<ApiDeps, 'unsettledSends' | 'failedSends'>,
  language: Language,
): Promise<string> {
  const counts = await Promise.all([
    unsettledSends.count(MOST_COUNTED + 1),
    failedSends.count(MOST_COUNTED + 1),
  ]);
  const { waiting, waitingOne, waitingMany } = WORDS[language].sends;
  const count = counts[0] + counts[1];
  if (count === 0) return '';
  if (count > MOST_COUNTED) return fill(waitingMany, { count: MOST_COUNTED });
  return count === 1 ? waitingOne : fill(waiting, { count });
}
