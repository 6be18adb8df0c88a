import { step } from '../servers/step.ts';
import { endWith } from './ending.ts';
import { readOptions } from './options.ts';
import { deleteFolder, newFolder } from './own-data.ts';
import { play } from './play.ts';
import { speedFor } from './speed.ts';
import { Stage } from './stage.ts';
import { type Summary, tableOf } from './summary.ts';

const ASKED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const INTERRUPTED = 130;

/** `npm run demo`: real purchases through the real engine, in a time-lapse. Answers the exit code. */
async function main(): Promise<number> {
  const options = readOptions(process.argv);
  const early = () => process.exit(INTERRUPTED); // what was started by then ends with us
  for (const signal of ASKED) process.on(signal, early);
  const port = Number(process.env.PORT) || 3000;
  const dir = await newFolder('.rapport');
  const stage = await Stage.set(dir, speedFor(options.customers), { port });
  for (const signal of ASKED) process.off(signal, early);
  const asked = stopAsked(stage);

  let summary: Summary | undefined;
  try {
    summary = await Promise.race([play(options, stage), asked]);
    if (summary) process.stdout.write(`\n${tableOf(summary)}\n`);
    if (summary && !options.exit) {
      process.stdout.write(placesOf(stage));
      await Promise.race([asked, stage.lost()]);
    }
  } finally {
    await step('Stopping', () => stage.stop());
  }
  await deleteFolder(dir);
  if (summary && options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  return summary ? 0 : INTERRUPTED;
}

/** Resolves when we are asked to stop; asked a second time, everything ends at once. */
function stopAsked(stage: Stage): Promise<undefined> {
  return new Promise((resolve) => {
    let times = 0;
    const hear = () => {
      times += 1;
      if (times === 1) resolve(undefined);
      else stage.kill();
    };
    for (const signal of ASKED) process.on(signal, hear);
  });
}

/** Where to look around when the play is over. */
function placesOf({ config, inboxUrl, stack }: Stage): string {
  const places = [
    ['Customers', config.publicUrl],
    ['API', `${config.publicUrl}/reference`],
    ['Inbox', inboxUrl],
    ['Temporal', stack.temporal.uiUrl],
    ['Admin key', config.adminKey],
  ].flatMap(([name, value]) => (value ? [`  ${name?.padEnd(10)} ${value}`] : []));
  return `\n${places.join('\n')}\n\n  Time stands still now. Ctrl-C stops everything.\n\n`;
}

endWith(main());
