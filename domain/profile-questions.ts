import type { Known } from './customer.ts';
import type { Playbook } from './playbook.ts';
import type { InWords } from './topics.ts';

/** A question about the customer themselves, as the playbook has it. */
export type ProfileQuestion = {
  /** By which its answer is known: `interests`, `birthday` and `often` fill what we know of them anyway. */
  readonly key: string;
  /** Absent: those three have words of their own. */
  readonly title?: InWords;
  /** What can be chosen; absent: they write. */
  readonly options?: readonly InWords[];
};

/** What is asked where the playbook has no questions of its own. */
const QUESTIONS: readonly ProfileQuestion[] = [{ key: 'interests' }, { key: 'birthday' }, { key: 'often' }];

/** How many are asked at a time. */
const AT_A_TIME = 2;

/** All that a playbook asks about its customers, in order. */
function profileQuestions({ profile = QUESTIONS }: Pick<Playbook, 'profile'>): readonly ProfileQuestion[] {
  return profile;
}

/**
 * What is asked of a customer now: two at most, and nothing that they have told already.
 *
 * @param answered what they answered to this very question before, which may be changed
 */
export function questionsFor(
  { profile }: Pick<Known, 'profile'>,
  playbook: Pick<Playbook, 'profile'>,
  answered: readonly string[] = [],
): readonly ProfileQuestion[] {
  const all = profileQuestions(playbook);
  const again = all.filter(({ key }) => answered.includes(key));
  const open = all.filter(({ key }) => !answered.includes(key) && !isKnown(key, profile));
  return [...again, ...open].slice(0, Math.max(AT_A_TIME, again.length));
}

/** Whether a customer has told, here or elsewhere. */
function isKnown(key: string, profile: Known['profile']): boolean {
  if (profile.answered.includes(key)) return true;
  if (key === 'birthday') return Boolean(profile.birthday);
  if (key === 'interests') return (profile.interests ?? []).length > 0;
  return key === 'often' && profile.everyDays !== undefined;
}
