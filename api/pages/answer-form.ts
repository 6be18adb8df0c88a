import type { Telling } from '../../data/answers.ts';
import type { Said } from '../../domain/answer.ts';
import { type Ask, scoresOf } from '../../domain/asks.ts';
import type { ProfileQuestion } from '../../domain/profile-questions.ts';
import { toldIn } from './answer-questions.ts';
import type { Fields } from './forms.ts';

/** Most characters of a comment. */
export const MOST_CHARACTERS = 2_000;
const LONGEST_NAME = 100;

/** What is to be mended before an answer is kept. */
export type Fault = 'noScore' | 'noWords' | 'noAnswer' | 'noDay' | 'tooLong';

/** An answer as it was filled in, or what is wrong with it. */
type Filled =
  | { readonly kind: 'filled'; readonly telling: Telling }
  | { readonly kind: 'fault'; readonly fault: Fault; readonly said: Said };

/** Reads the form of an ask. */
export function readAnswer(ask: Ask, questions: readonly ProfileQuestion[], fields: Fields): Filled {
  return ask === 'profile' ? readAbout(questions, fields) : readSaid(ask, fields);
}

/** The score that an address or a form asks for, if it is one of the ask's. */
export function scoreIn(ask: Ask, text: string | undefined): number | undefined {
  return text === undefined ? undefined : scoresOf(ask).find((score) => String(score) === text);
}

function readAbout(questions: readonly ProfileQuestion[], fields: Fields): Filled {
  const told = toldIn(questions, fields);
  if (told === 'wrong') return { kind: 'fault', fault: 'noDay', said: {} };
  const { answers, customer } = told;
  if (Object.keys(answers).length === 0) return { kind: 'fault', fault: 'noAnswer', said: {} };
  return { kind: 'filled', telling: { said: { answers }, customer } };
}

function readSaid(ask: Ask, fields: Fields): Filled {
  const score = scoreIn(ask, fields.score?.[0]);
  const comment = (fields.comment?.[0] ?? '').replaceAll('\r\n', '\n').trim();
  const mayQuote = fields.quote?.[0] === 'yes';
  const name = (fields.name?.[0] ?? '')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);
  const said: Said = {
    ...(score !== undefined && { score }),
    ...(comment !== '' && { comment }),
    ...(fields.reply?.[0] === 'yes' && { mayReply: true }),
    ...(mayQuote && { mayQuote: true, ...(name !== '' && { name }) }),
  };
  const fault = faultOf(ask, said);
  return fault ? { kind: 'fault', fault, said } : { kind: 'filled', telling: { said } };
}

function faultOf(ask: Ask, { score, comment = '' }: Said): Fault | undefined {
  if (comment.length > MOST_CHARACTERS) return 'tooLong';
  if (scoresOf(ask).length === 0) return comment === '' ? 'noWords' : undefined;
  return score === undefined ? 'noScore' : undefined;
}
