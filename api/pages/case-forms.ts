import { ulid } from 'ulid';
import { z } from 'zod';
import type { KeptCase } from '../../data/cases.ts';
import { RESOLUTIONS } from '../../domain/case-words.ts';
import { type Language, WORDS } from './words.ts';

const Line = z.string().trim().max(200).catch('');

/** What a form of the page of a case sends; what is to be mended in it is told beside it. */
export const CaseForm = z.object({
  what: z.enum(['answer', 'resolve', 'owner', 'note', 'reopen']),
  text: z
    .string()
    .default('')
    .transform((text) => text.replaceAll('\r\n', '\n').trim()),
  by: Line,
  through: z.enum(['mail', 'elsewhere']).catch('mail'),
  resolution: z.enum(RESOLUTIONS).optional().catch(undefined),
  owner: Line,
  /** Whose it was on the page. */
  from: Line,
  /** How many answers stood on the page. */
  seen: z.coerce.number().int().min(0).catch(0),
  /** The note, by which it is known if it is sent again. */
  id: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .optional()
    .catch(undefined),
});

export type CaseForm = z.output<typeof CaseForm>;

type Seen = {
  readonly language: Language;
  readonly by: string;
  /** How many answers there are. */
  readonly answers: number;
  readonly failed?: { readonly form: CaseForm; readonly fault: string } | undefined;
};

/** The forms of a case as they stand: what was written in vain is still there, with the fault beside it. */
export function formsOf(one: KeptCase, { language, by, answers, failed }: Seen) {
  const words = WORDS[language].cases;
  const of = (what: CaseForm['what']) => {
    const isIt = failed?.form.what === what;
    return { fault: isIt ? failed.fault : '', text: isIt ? failed.form.text : '' };
  };
  const chosen = failed?.form.resolution;
  return {
    ...{ by: failed?.form.by || by, seen: answers, noteId: failed?.form.id ?? ulid() },
    answer: { ...of('answer'), isElsewhere: failed?.form.through === 'elsewhere' },
    resolve: {
      ...of('resolve'),
      choices: RESOLUTIONS.map((value) => ({
        ...{ value, label: words.resolutions[value], isChosen: value === chosen },
      })),
    },
    owner: { ...of('owner'), from: one.owner ?? '', owner: ownerIn(failed) ?? one.owner ?? '' },
    note: of('note'),
    reopen: of('reopen'),
  };
}

function ownerIn(failed: Seen['failed']): string | undefined {
  return failed?.form.what === 'owner' ? failed.form.owner : undefined;
}
