import { step } from '../servers/step.ts';
import { readChaosOptions } from './chaos-options.ts';
import { endWith } from './ending.ts';
import { deleteFolder, newFolder } from './own-data.ts';
import { playThrough, type Survived } from './play-through.ts';
import { FIRST_DAY } from './purchases.ts';
import { Stage } from './stage.ts';

/**
 * Leases end with it: so short that what a kill left behind is taken up within the play, and long enough that a part
 * is up again before an attempt is given up, as with the 11 minutes of production.
 */
const SEND_TIMEOUT = '20 seconds';

/** Logical milliseconds of one on the wall: slow enough that a purchase a crash late is no win-back too early. */
const SPEED = 20_000;

/** As long as real mail servers take, so that a kill often falls while a mail is on its way. */
const SETTING = { from: FIRST_DAY, mailTakesMs: 400 };

/** `npm run chaos`: the demo, while a part of it is killed at random moments. Answers the exit code. */
async function main(): Promise<number> {
  const options = readChaosOptions(process.argv);
  process.env.RAPPORT_SEND_TIMEOUT ||= SEND_TIMEOUT;
  const dir = await newFolder('.rapport');
  const stage = await Stage.set(dir, SPEED, SETTING);
  let survived: Survived;
  try {
    survived = await playThrough(options, stage);
  } finally {
    await step('Stopping', () => stage.stop());
  }
  for (const fault of survived.faults) process.stderr.write(`${fault}\n`);
  process.stdout.write(`${options.json ? JSON.stringify(survived) : lineOf(survived)}\n`);
  if (survived.faults.length > 0) return 1;
  await deleteFolder(dir);
  return 0;
}

/** The result in one line to read. */
function lineOf({ kills, events, delivered, missing, ...rest }: Survived): string {
  return [
    `${kills} kills survived by ${events} events and ${delivered} mails`,
    `${rest.lostEvents} lost, ${rest.duplicates} twice, ${rest.repeated} service mails repeated`,
    `${missing.unknown} missing and unknown`,
    `${rest.faults.length} promises broken`,
  ].join(' · ');
}

endWith(main());
