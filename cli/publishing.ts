import { createInterface } from 'node:readline/promises';
import { type Preview, previewOf } from '../data/going-over.ts';
import { playbooks, type Version } from '../data/playbooks.ts';
import { templates } from '../data/templates.ts';
import { waking } from '../data/waking.ts';
import { GRACE_MS } from '../domain/decide-next.ts';
import { FATES, nextVersion, strangersIn } from '../domain/publishing.ts';
import { NO_COUNTS, type PublishingCounts } from '../domain/publishing-counts.ts';
import { type Telling, tellingOf } from '../domain/waking.ts';
import type { SoundPlaybook } from '../mail/sound-playbook.ts';
import { step } from '../servers/step.ts';

/** What publishing would come to. */
export type Proposal = {
  readonly sound: SoundPlaybook;
  /** The current version it was compared with; 0: none. */
  readonly against: number;
  /** The version it would be. */
  readonly version: number;
  readonly addEntering: readonly string[];
  readonly preview: PublishingCounts;
};

/**
 * Counts what publishing would do to everybody inside, and publishes nothing.
 *
 * @throws when a touch to add is not one of entering
 */
export async function propose(
  sound: SoundPlaybook,
  addEntering: readonly string[],
  quiet: boolean,
): Promise<Proposal> {
  const strangers = strangersIn(sound.playbook, addEntering);
  if (strangers.length > 0) {
    throw new Error(`--add-entering ${strangers.join(',')}: the playbook has no such touch "on: entering"`);
  }
  const current = await playbooks.current();
  const next = nextVersion(sound.playbook, current, addEntering);
  const moment = { now: Date.now(), grace: GRACE_MS, speed: 1 };
  const preview = await step(
    'Looking at everybody inside',
    async (tell) => {
      let last: Preview | undefined;
      for await (const preview of previewOf(next, moment)) {
        last = preview;
        tell(`Looking at everybody inside: ${preview.seen} of ${preview.of}`);
      }
      return last?.counts ?? NO_COUNTS;
    },
    quiet,
  );
  return { sound, against: current?.version ?? 0, version: next.version, addEntering, preview };
}

/** Publishes what was proposed, unless another version came between. */
export async function publish(
  { sound, against, addEntering }: Pick<Proposal, 'sound' | 'against' | 'addEntering'>,
  restores?: number,
): Promise<number> {
  await templates.save(sound.compiled);
  return playbooks.publish(sound.yaml, sound.playbook, {
    ...{ addEntering, ifVersion: against, by: 'cli' },
    ...(restores !== undefined && { restores }),
  });
}

/** Asks whether to go on; where nobody can answer, `--yes` has to. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('people are inside: look at the preview, then add --yes');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

/** A preview as a table. */
export function previewText({ against, preview }: Pick<Proposal, 'against' | 'preview'>): string {
  const { journeys, wakes, touches, moves } = preview;
  const width = Math.max(5, ...touches.map(({ touch }) => touch.length));
  const row = (name: string, cells: readonly (string | number)[]) => {
    return [name.padEnd(width), ...cells.map((cell) => String(cell).padStart(8))].join('');
  };
  const rows = touches.map((counts) =>
    row(
      counts.touch,
      FATES.map((fate) => counts[fate]),
    ),
  );
  return [
    `Compared with version ${against}; ${journeys} people inside, ${wakes} of their journeys wake.`,
    ...(rows.length > 0 ? [row('touch', FATES), ...rows] : []),
    ...moves.map(({ from, to, count }) => `${count} people move from ${from} to ${to}.`),
  ].join('\n');
}

/** A version, and how far the people inside are told of it. */
type Told = Omit<Version, 'waking'> & { readonly telling: Telling };

export async function toldOf({ waking: kept, ...version }: Version): Promise<Told> {
  const [pending, newest] = await Promise.all([waking.pending(version.version), playbooks.newest()]);
  return { ...version, telling: tellingOf(kept, { pending, isNewest: version.version === newest }) };
}

/** `3  2026-11-22  cli  again version 1  done: 12 of 12 journeys woken`. */
export function versionText({ version, publishedAt, by, restores, telling }: Told): string {
  const day = publishedAt?.toISOString().slice(0, 16).replace('T', ' ') ?? '';
  const again = restores === undefined ? '' : `again version ${restores}`;
  const progress = `${telling.state}: ${telling.woken} of ${telling.wakes} journeys woken`;
  return [version, day, by, again, progress].filter((part) => part !== undefined && part !== '').join('  ');
}
