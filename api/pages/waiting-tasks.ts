import type { ApiDeps } from '../deps.ts';
import { fill, type Language, WORDS } from './words.ts';

/** Of more it is only said that there are more. */
const MOST_COUNTED = 99;

/** What the start page says of what the team is to do; empty where there is nothing. */
export async function waitingTasks(
  { teamTasks }: Pick<ApiDeps, 'teamTasks'>,
  language: Language,
): Promise<string> {
  const count = await teamTasks.countOpen(MOST_COUNTED + 1);
  const { waiting, waitingOne, waitingMany } = WORDS[language].tasks;
  if (count === 0) return '';
  if (count > MOST_COUNTED) return fill(waitingMany, { count: MOST_COUNTED });
  return count === 1 ? waitingOne : fill(waiting, { count });
}
