import { setTimeout as sleep } from 'node:timers/promises';
import { toLogical } from '../domain/clock.ts';
import { drive } from './driver.ts';
import { gatherFigures } from './figures.ts';
import type { DemoOptions } from './options.ts';
import { createDisplay } from './progress.ts';
import { FIRST_DAY, firstVisits, readVisits } from './purchases.ts';
import { type Posted, scriptOf } from './script.ts';
import { createShop } from './shop.ts';
import { FIRST_MOMENT, type Stage } from './stage.ts';
import { readStandings } from './standings.ts';
import type { Summary } from './summary.ts';

const DAY_MS = 86_400_000;

/** Plays the shop's story on a stage that was just set, then lets time stand still and counts what it came to. */
export async function play({ customers, days, seed }: DemoOptions, stage: Stage): Promise<Summary> {
  const { config, inboxUrl } = stage;
  const { script, end } = programmeOf(scriptOf(firstVisits(readVisits(), customers, days), seed), days);
  const display = createDisplay({ start: FIRST_MOMENT, end, events: script.length });
  const startedAt = Date.now();
  const driving = drive(script, end, {
    lapse: config.timeLapse,
    post: createShop(config.publicUrl, config.adminKey ?? ''),
    standings: readStandings,
    tell: display.tell,
    wall: Date.now,
    sleep,
  });
  const played = await Promise.race([driving, stage.lost()]).finally(display.end);
  const seconds = (Date.now() - startedAt) / 1000;
  await stage.freeze(toLogical(config.timeLapse, Date.now()));
  return gatherFigures(script, played, inboxUrl, seconds);
}

/** What is played of a story, and until when: all its purchases, and what follows them within the days. */
export function programmeOf(
  story: readonly Posted[],
  days: number,
): { script: readonly Posted[]; end: number } {
  const lastMidnight = FIRST_DAY + days * DAY_MS;
  const purchases = story.filter(({ type }) => type === 'purchase').map(({ at }) => Date.parse(at));
  const end = Math.max(lastMidnight, ...purchases); // the last evening in New York ends in the night
  return { script: story.filter(({ at }) => Date.parse(at) <= end), end };
}
