import { PHASES } from '../domain/phases.ts';
import type { Progress } from './driver.ts';

const BAR_WIDTH = 20;

/** Where there is no terminal to repaint, a line now and then. */
const QUIET_MS = 10_000;

/** What of the play the display needs to know from the start. */
export type Programme = {
  readonly start: number;
  readonly end: number;
  readonly events: number;
  /** What else is to be said, at any moment. */
  readonly beside?: () => string;
};

/** One line: the date in the shop, how far, how busy, and how many customers are in each phase. */
export function progressLine(progress: Progress, { start, end, events, beside }: Programme): string {
  const now = Math.min(progress.now, end);
  const done = Math.round((BAR_WIDTH * Math.max(0, now - start)) / (end - start));
  const bar = '█'.repeat(done) + '░'.repeat(BAR_WIDTH - done);
  const phases = PHASES.map((phase) => {
    const there = progress.standings.filter((standing) => standing.phase === phase).length;
    return `${there} ${phase.replace('-', ' ')}`;
  });
  return [
    `${progress.now < end ? dateOf(now) : 'settling   '} ${bar} ${progress.posted}/${events} events`,
    `lag ${progress.lagSeconds.toFixed(1)} s`,
    phases.join(', '),
    ...(beside ? [beside()] : []),
  ].join(' · ');
}

/** Shows progress on stderr: repainted on a terminal, otherwise a line every ten seconds. */
export function createDisplay(programme: Programme, out: NodeJS.WriteStream = process.stderr) {
  let shownAt = 0;
  return {
    tell(progress: Progress): void {
      const line = progressLine(progress, programme);
      if (out.isTTY) out.write(`\r\x1b[2K${line.slice(0, out.columns - 1)}`);
      else if (Date.now() - shownAt >= QUIET_MS) {
        shownAt = Date.now();
        out.write(`${line}\n`);
      }
    },
    /** Leaves the last line standing. */
    end(): void {
      if (out.isTTY) out.write('\n');
    },
  };
}

function dateOf(at: number): string {
  const format = { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', format).format(at);
}
