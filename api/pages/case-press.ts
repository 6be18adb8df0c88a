import type { KeptCase } from '../../data/cases.ts';
import { answerCase, noteCase, ownCase, reopenCase, resolveCase } from '../casework.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { CaseForm } from './case-forms.ts';
import { fill, type Words } from './words.ts';

type Deps = Pick<ApiDeps, 'cases' | 'caseSteps' | 'customers' | 'events' | 'clock'>;

/** Longest text of a case, as the API takes it. */
const MOST = 10_000;

/** A form that does what it says, or why it did not, in words. */
type Pressed = { readonly fault?: string };

/** Does what a form of the page of a case asks for; that somebody was quicker is told, and no fault. */
export async function pressCase(
  deps: Deps,
  one: KeptCase,
  form: CaseForm,
  { cases: words }: Words,
): Promise<Pressed> {
  const wrong = wrongIn(form, words);
  if (wrong !== undefined) return { fault: wrong };
  const said = { by: form.by || words.page };
  try {
    return await ACTIONS[form.what]({ deps, one, form, words, said });
  } catch (error) {
    if (!(error instanceof Problem) || error.statusCode !== 409) throw error;
    return { fault: await refused(deps, one, form, words) };
  }
}

/** What is to be mended before anything is tried. */
function wrongIn({ what, text, resolution }: CaseForm, { faults }: Words['cases']): string | undefined {
  if (text.length > MOST) return fill(faults.long, { most: MOST });
  if (what === 'resolve') return resolution === undefined ? faults.resolution : undefined;
  return what !== 'owner' && text === '' ? faults.empty : undefined;
}

type Action = (pressed: {
  readonly deps: Deps;
  readonly one: KeptCase;
  readonly form: CaseForm;
  readonly words: Words['cases'];
  readonly said: { readonly by: string };
}) => Promise<Pressed>;

const ACTIONS: Readonly<Record<CaseForm['what'], Action>> = {
  async answer({ deps, one, form: { text, through, seen }, words, said }) {
    const before = await answersOf(deps, one);
    if (before.includes(text)) return {};
    if (before.length > seen) return { fault: words.faults.answered };
    // Two who answer what both saw unanswered give their answers the same id: one is kept, and mailed.
    await answerCase(deps, one.id, { ...said, text, through, id: `page-${seen}` });
    return (await answersOf(deps, one)).includes(text) ? {} : { fault: words.faults.answered };
  },
  async resolve({ deps, one, form: { resolution, text }, said }) {
    if (resolution) await resolveCase(deps, one.id, { ...said, resolution, ...(text && { text }) });
    return {};
  },
  async owner({ deps, one, form: { owner, from } }) {
    await ownCase(deps, one.id, { owner: owner || null, ...(from && { from }) });
    return {};
  },
  async note({ deps, one, form: { text, id }, said }) {
    await noteCase(deps, one.id, { ...said, text, id });
    return {};
  },
  async reopen({ deps, one, form: { text }, said }) {
    await reopenCase(deps, one.id, { ...said, text });
    return {};
  },
};

async function answersOf({ cases }: Deps, one: KeptCase): Promise<readonly (string | undefined)[]> {
  const told = await cases.eventsOf(one);
  return told.filter(({ type }) => type === 'complaint-answered').map(({ data }) => data?.text);
}

/** Why it was refused, as the case stands by now. */
async function refused(
  { cases }: Deps,
  { id }: KeptCase,
  { what, resolution }: CaseForm,
  { faults, elsewhere }: Words['cases'],
): Promise<string> {
  if (what === 'answer') return fill(faults.unreachable, { elsewhere });
  if (what === 'owner') return fill(faults.owned, { owner: (await cases.find(id))?.owner ?? '' });
  if (what === 'reopen') return faults.reopened;
  const isOpen = resolution === 'goodwill' && (await cases.find(id))?.state === 'open';
  return isOpen ? faults.goodwill : faults.resolved;
}
