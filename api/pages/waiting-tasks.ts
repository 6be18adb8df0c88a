import type { ApiDeps } from '../deps.ts';
import { fill, type Language, WORDS } from './words.ts';

/** Of more it is only said that there are more. */
const MOST_COUNTED = 99;

/** What the start page says of what the team is to do; empty where there is nothing. */
export async function waitingTasks(
  { teamTasks }: Pick<ApiDeps, 'teamTasks'>,
  language: Language,
): Promise<string> {
  return counted(await teamTasks.countOpen(MOST_COUNTED + 1), WORDS[language].tasks);
}

/** What it says of gifts to send. */
export async function waitingGifts({ gifts }: Pick<ApiDeps, 'gifts'>, language: Language): Promise<string> {
  return counted(await gifts.countToSend(MOST_COUNTED + 1), WORDS[language].gifts);
}

type Counted = { readonly waiting: string; readonly waitingOne: string; readonly waitingMany: string };

function counted(count: number, { waiting, waitingOne, waitingMany }: Counted): string {
  if (count === 0) return '';
  if (count > MOST_COUNTED) return fill(waitingMany, { count: MOST_COUNTED });
  return count === 1 ? waitingOne : fill(waiting, { count });
}
