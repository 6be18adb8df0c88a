import { setTimeout as sleep } from 'node:timers/promises';
import { toLogical } from '../domain/clock.ts';
import { Audience } from './audience.ts';
import { type DriverDeps, drive, type Played } from './driver.ts';
import { gatherFigures } from './figures.ts';
import type { DemoOptions } from './options.ts';
import { createDisplay, type Programme } from './progress.ts';
import { FIRST_DAY, firstVisits, readVisits } from './purchases.ts';
import { type Posted, scriptOf } from './script.ts';
import { createShop } from './shop.ts';
import type { Stage } from './stage.ts';
import { readStandings } from './standings.ts';
import type { Summary } from './summary.ts';
import { Team } from './team.ts';

const DAY_MS = 86_400_000;

/** A play that was driven to its end, while the engine still runs. */
export type Performed = {
  /** What was posted. */
  readonly script: readonly Posted[];
  readonly played: Played;
  readonly seconds: number;
};

/** What makes a play another one. */
export type Direction = Pick<DriverDeps, 'regardless' | 'closing' | 'aside'> & Pick<Programme, 'beside'>;

/** Plays the shop's story on a stage that was just set, then lets time stand still and counts what it came to. */
export async function play(options: DemoOptions, stage: Stage): Promise<Summary> {
  const now = () => toLogical(stage.config.timeLapse, Date.now());
  const { publicUrl: url, adminKey: key = '' } = stage.config;
  const audience = new Audience({ inboxUrl: stage.inboxUrl, seed: options.seed, now });
  const team = new Team({ url, key, seed: options.seed, now });
  const aside = async () => {
    await audience.act();
    await team.act();
  };
  const { script, played, seconds } = await perform(options, stage, { aside });
  await stage.freeze(toLogical(stage.config.timeLapse, Date.now()));
  return gatherFigures(script, played, stage.inboxUrl, seconds);
}

/** Drives the shop's story to its end. */
export async function perform(
  options: Story,
  stage: Stage,
  { beside, ...direction }: Direction = {},
): Promise<Performed> {
  const { timeLapse: lapse, publicUrl, adminKey = '' } = stage.config;
  const { script, end } = programmeOf(storyOf(options), options.days);
  const start = toLogical(lapse, Date.now());
  const display = createDisplay({ start, end, events: script.length, ...(beside && { beside }) });
  const startedAt = Date.now();
  const driving = drive(script, end, {
    ...{ lapse, standings: readStandings, tell: display.tell, wall: Date.now, sleep, ...direction },
    post: createShop(publicUrl, adminKey),
  });
  const played = await Promise.race([driving, stage.lost()]).finally(display.end);
  const posted = script.filter(({ at }) => Date.parse(at) <= played.end);
  return { script: posted, played, seconds: (Date.now() - startedAt) / 1000 };
}

type Story = Pick<DemoOptions, 'customers' | 'days' | 'seed'>;

function storyOf({ customers, days, seed }: Story): Posted[] {
  return scriptOf(firstVisits(readVisits(), customers, days), seed);
}

/** What is played of a story, and until when: all its purchases, and what follows them within the days. */
function programmeOf(story: readonly Posted[], days: number): { script: readonly Posted[]; end: number } {
  const lastMidnight = FIRST_DAY + days * DAY_MS;
  const purchases = story.filter(({ type }) => type === 'purchase').map(({ at }) => Date.parse(at));
  const end = Math.max(lastMidnight, ...purchases); // the last evening in New York ends in the night
  return { script: story.filter(({ at }) => Date.parse(at) <= end), end };
}
