import type { FastifyReply } from 'fastify';
import type { Asked, Said } from '../../domain/answer.ts';
import { type Ask, questionOf, SCALES, type Scale, scaleOf } from '../../domain/asks.ts';
import { type Attitude, attitudeOf } from '../../domain/attitude.ts';
import { zoneOf } from '../../domain/contact-policy.ts';
import type { ProfileQuestion } from '../../domain/profile-questions.ts';
import { type Fault, MOST_CHARACTERS } from './answer-form.ts';
import { questionShown } from './answer-questions.ts';
import { type AnswerWords, answerWords } from './answer-words.ts';
import { type Guest, showGuestPage } from './guest.ts';
import { dateIn } from './guest-dates.ts';
import type { Show } from './show.ts';
import { fill } from './words.ts';

/** What stands on the page. */
export type AnswerShown = {
  readonly asked: Asked;
  /** What is filled in: what they said before, or the answer of the link. */
  readonly said: Said;
  readonly questions: readonly ProfileQuestion[];
  /** Whether there is an answer to change. */
  readonly isKept: boolean;
  /** It was kept just now. */
  readonly thanks?: true;
  readonly fault?: Fault;
};

/** Shows a question to the customer whom it was asked, with the answer that is there. */
export function showAnswer(show: Show, guest: Guest, shown: AnswerShown): FastifyReply {
  const { asked, said, questions, isKept, fault } = shown;
  const { ask } = asked;
  const words = answerWords(guest.visit.language);
  return showGuestPage(show, guest, {
    ...{
      view: 'answer',
      title: words.titles[ask],
      status: fault ? 422 : 200,
      language: guest.visit.language,
    },
    lead: fill(leadOf(ask, words), { until: untilOf(asked, guest) }),
    ...{ said: noticeOf(shown, words), isFault: fault !== undefined, answer: words },
    ...choicesOf(ask, said.score, guest),
    questions: questions.map((question) => questionShown(question, guest, said.answers ?? {})),
    ...commentOf(ask, said, words),
    ...permissionsOf(ask, said),
    ...{ most: MOST_CHARACTERS, comment: said.comment ?? '', name: said.name ?? '' },
    button: isKept ? words.change : words.send,
  });
}

/** Until when it may be answered, as a customer reads it. */
export function untilOf({ until }: Asked, { visit, customer }: Guest): string {
  return dateIn(visit.language, zoneOf(customer, visit.playbook), until);
}

function leadOf(ask: Ask, { leads }: AnswerWords): string {
  if (ask === 'profile' || ask === 'open') return leads[ask];
  return leads.scored;
}

function noticeOf({ asked, said, thanks, fault }: AnswerShown, words: AnswerWords): string {
  if (fault) return fill(words[fault], { most: MOST_CHARACTERS });
  if (!thanks) return '';
  const attitude = attitudeIn(asked.ask, said);
  if (!attitude) return words.kept.words;
  return attitude === 'detractor' && said.comment ? words.kept.letDown : words.kept[attitude];
}

function attitudeIn(ask: Ask, { score }: Said): Attitude | undefined {
  return score === undefined ? undefined : attitudeOf(questionOf(ask), score);
}

const STARS = ['★☆☆☆☆', '★★☆☆☆', '★★★☆☆', '★★★★☆', '★★★★★'];
const SMILEYS = ['☹', '😐', '☺'];

/** The answers to choose from, each with its sign and its words. */
function choicesOf(ask: Ask, chosen: number | undefined, { visit }: Guest) {
  const scale = scaleOf(ask);
  if (!scale || ask === 'profile' || ask === 'open')
    return { choices: undefined, scale: '', question: '', ends: '' };
  const { questions, ends } = answerWords(visit.language);
  return {
    scale,
    question: fill(questions[ask], { shop: visit.playbook.shop.name }),
    ends: scale === 'numbers' ? ends : '',
    choices: SCALES[scale].map((score, i) => {
      return { score, ...signOf(scale, i, visit.language), isChosen: score === chosen };
    }),
  };
}

function signOf(scale: Scale, i: number, language: Guest['visit']['language']) {
  if (scale === 'numbers') return { sign: '', label: String(i) };
  const { signs } = answerWords(language);
  return { sign: (scale === 'stars' ? STARS : SMILEYS)[i] ?? '', label: signs[scale][i] ?? '' };
}

/** What is asked besides: what was liked, what would help, what went wrong. */
function commentOf(ask: Ask, said: Said, { why, whyHint, optional }: AnswerWords) {
  if (ask === 'profile') return { why: '', whyHint: '' };
  if (ask === 'open') return { why: why.open, whyHint: whyHint.other };
  const attitude = attitudeIn(ask, said);
  if (attitude === 'detractor') return { why: why.detractor, whyHint: `${optional} ${whyHint.detractor}` };
  const asks = ask === 'review' ? why.review : why[attitude ?? 'unsaid'];
  return { why: asks, whyHint: `${optional} ${whyHint.other}` };
}

/** Whoever is let down is written to anyway, and is not asked to be quoted. */
function permissionsOf(ask: Ask, said: Said) {
  const attitude = attitudeIn(ask, said);
  const given = { mayReply: said.mayReply ?? false, mayQuote: said.mayQuote ?? false };
  const asksQuote = ask === 'open' || ask === 'review' || attitude === 'promoter';
  const asksReply = attitude === 'promoter' || attitude === 'passive' || ask === 'open';
  return { ...given, asksReply, asksQuote };
}
