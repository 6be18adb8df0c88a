import type { z } from 'zod';
import type { CaseAnswer } from '../case-answer.ts';
import type { Moments } from './moments.ts';
import { fill, type Words } from './words.ts';

type Step = z.output<typeof CaseAnswer>['steps'][number];

/** What somebody of the team did with a case, in words. */
export function stepItem(step: Step, { cases: words }: Words, moments: Moments) {
  const { at, by, text, resolution } = step;
  const done = Date.parse(at);
  return {
    when: moments.shown(done, moments.when(done)),
    title: fill(words.step[doneAs(step)], {
      by: by ?? words.somebody,
      resolution: resolution === null ? '' : words.resolutions[resolution].toLowerCase(),
    }),
    note: step.through === 'mail' ? outcomeOf(step, words) : '',
    text: text ?? '',
  };
}

function doneAs({ what, through }: Step): keyof Words['cases']['step'] {
  if (what !== 'answered') return what;
  return through === 'elsewhere' ? 'elsewhere' : 'mail';
}

/** What became of an answer's mail. */
function outcomeOf({ mail }: Step, { mailOutcomes }: Words['cases']): string {
  const known: Readonly<Record<string, string>> = mailOutcomes;
  return known[mail ?? 'none'] ?? mailOutcomes.skipped;
}
