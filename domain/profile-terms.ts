import { z } from 'zod';
import { InWords, Name } from './playbook-terms.ts';
import type { ProfileQuestion } from './profile-questions.ts';
import { strict } from './strict.ts';

/** Questions that fill what we know of a customer anyway, and have words of their own. */
const OWN = ['interests', 'birthday', 'often'];
/** Of these the answers are given: a day of the year, how often. */
const WITHOUT_OPTIONS = ['birthday', 'often'];

const Written = strict({
  title: InWords.exactOptional(),
  options: z.array(InWords).min(2, 'leaves nothing to choose; give two or more').max(30).exactOptional(),
});

/** What is asked about customers, by key, two at a time in this order. */
export const ProfileTerms = z.record(Name, Written).transform((questions, context): ProfileQuestion[] => {
  for (const [key, { title, options }] of Object.entries(questions)) {
    const wordless = !title && !OWN.includes(key);
    if (wordless)
      context.addIssue({ code: 'custom', path: [key], message: 'has no title; write what is asked' });
    const fixed = options && WITHOUT_OPTIONS.includes(key);
    if (fixed)
      context.addIssue({ code: 'custom', path: [key, 'options'], message: 'has answers of its own' });
  }
  return Object.entries(questions).map(([key, question]) => ({ key, ...question }));
});
