import { BadConfig } from '../config.ts';
import { StepFailed } from '../servers/step.ts';
import { StoodStill } from './driver.ts';
import { NotTaken } from './shop.ts';

/** What a play can run into that is nobody's bug: its message says all there is to say. */
const KNOWN = [StepFailed, BadConfig, StoodStill, NotTaken];

/** Ends the process with the code a play comes to; with 1, and the reason, when it fails. */
export function endWith(play: Promise<number>): void {
  play.then(
    (code) => process.exit(code),
    (error: unknown) => {
      const isKnown = KNOWN.some((kind) => error instanceof kind);
      const text = error instanceof Error ? (isKnown ? error.message : error.stack) : String(error);
      process.stderr.write(`\n${text}\n`);
      process.exit(1);
    },
  );
}
