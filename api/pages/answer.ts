import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Answer, Asked } from '../../domain/answer.ts';
import { askedBy } from '../../domain/asked.ts';
import { type ProfileQuestion, questionsFor } from '../../domain/profile-questions.ts';
import type { ApiDeps } from '../deps.ts';
import { readAnswer, scoreIn } from './answer-form.ts';
import { showAnswer, untilOf } from './answer-page.ts';
import { answerWords } from './answer-words.ts';
import { type Fields, type Form, TokenQuery } from './forms.ts';
import { type Guest, type GuestDeps, showGuestMessage, withGuest } from './guest.ts';
import type { Show } from './show.ts';
import { fill } from './words.ts';

export type AnswerDeps = GuestDeps & Pick<ApiDeps, 'sends' | 'playbookOf' | 'answers'>;

const Query = TokenQuery.extend({ score: z.string().max(2).optional().catch(undefined) });

/** Where the answers in a mail lead: a page with that answer chosen, which keeps nothing until it is sent. */
export function answerRoutes(show: Show, deps: AnswerDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get('/answer', { schema: { querystring: Query, hide: true } }, (request, reply) => {
      const { t: token, score } = request.query;
      return withGuest(show, deps, { request, reply, token }, (guest) =>
        withQuestion(show, deps, guest, (question) => look(show, guest, question, score)),
      );
    });

    app.post<{ Body: Form; Querystring: z.output<typeof TokenQuery> }>(
      '/answer',
      { schema: { querystring: TokenQuery, hide: true } },
      (request, reply) => {
        const { fields } = request.body ?? { fields: {} };
        const token = fields.t?.[0] ?? request.query.t;
        return withGuest(show, deps, { request, reply, token }, (guest) =>
          withQuestion(show, deps, guest, (question) => keep(show, deps, guest, { ...question, fields })),
        );
      },
    );
  };
}

/** A question that may be answered now. */
type Open = {
  readonly asked: Asked;
  readonly before: Answer | undefined;
  /** About the customer themselves. */
  readonly questions: readonly ProfileQuestion[];
};

/** Goes on with the question of the mail, or says why there is none to answer. */
async function withQuestion(
  show: Show,
  deps: AnswerDeps,
  guest: Guest,
  goOn: (question: Open) => FastifyReply | Promise<FastifyReply>,
): Promise<FastifyReply> {
  const { customer, visit } = guest;
  const words = answerWords(visit.language);
  const send = await deps.sends.byRef(customer.id, guest.ref);
  const then = send?.playbook === undefined ? undefined : await deps.playbookOf(send.playbook);
  const playbook = then ?? visit.playbook;
  const asked = send && askedBy({ ...send, key: send._id }, customer, playbook);
  if (!asked) {
    const said = { title: words.nothingTitle, lead: words.nothingLead, status: 404 };
    return showGuestMessage(show, guest, said, false);
  }
  const before = await deps.answers.find(asked.key);
  if (deps.clock.now() >= asked.until) return showClosed(show, guest, asked, before);

  const answered = Object.keys(before?.said.answers ?? {});
  const questions = asked.ask === 'profile' ? questionsFor(customer.known, playbook, answered) : [];
  if (asked.ask === 'profile' && questions.length === 0) {
    return showGuestMessage(show, guest, {
      title: words.allKnownTitle,
      lead: words.allKnownLead,
      status: 200,
    });
  }
  return goOn({ asked, before, questions });
}

function showClosed(show: Show, guest: Guest, asked: Asked, before: Answer | undefined): FastifyReply {
  const words = answerWords(guest.visit.language);
  const lead = fill(before ? words.closedKept : words.closedLead, { until: untilOf(asked, guest) });
  return showGuestMessage(show, guest, { title: words.closedTitle, lead, status: 200 }, false);
}

/** Opens the page: what was said before, with the answer that the link is for. */
function look(show: Show, guest: Guest, question: Open, text: string | undefined): FastifyReply {
  const { asked, before } = question;
  const score = scoreIn(asked.ask, text);
  const said = { ...before?.said, ...(score !== undefined && { score }) };
  return showAnswer(show, guest, { ...question, said, isKept: before !== undefined });
}

async function keep(
  show: Show,
  deps: AnswerDeps,
  guest: Guest,
  { fields, ...question }: Open & { readonly fields: Fields },
): Promise<FastifyReply> {
  const { asked, before, questions } = question;
  const filled = readAnswer(asked.ask, questions, fields);
  if (filled.kind === 'fault') {
    const { fault, said } = filled;
    return showAnswer(show, guest, { ...question, said, isKept: before !== undefined, fault });
  }
  const { said } = await deps.answers.keep(asked, filled.telling);
  const customer = (await deps.customers.find(guest.customer.id)) ?? guest.customer; // as they are now
  const shown = {
    asked,
    said,
    isKept: true,
    thanks: true as const,
    questions: keptQuestions(question, said.answers),
  };
  return showAnswer(show, { ...guest, customer }, shown);
}

/** Those that were answered now: whatever is left is for another time. */
function keptQuestions({ questions }: Open, answers: Readonly<Record<string, unknown>> = {}) {
  return questions.filter(({ key }) => key in answers);
}
