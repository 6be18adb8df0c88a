import { z } from 'zod';
import type { Result } from '../domain/results.ts';
import type { Uplift } from '../domain/uplift.ts';

const Rate = z.number().describe('0–1');
const Ordering = z.object({ customers: z.int(), ordered: z.int() });

const UpliftAnswer = z.object({
  verdict: z
    .enum(['more', 'fewer', 'too-early', 'no-holdout'])
    .describe('whether more or fewer ordered than without these mails; `too-early`: it cannot be told yet'),
  because: z
    .enum(['too-few', 'interval-holds-zero'])
    .nullable()
    .describe('of `too-early`: too few are counted, or the difference may yet be none'),
  difference: z.number().nullable().describe('of the two rates, −1–1; null: too few are counted to say one'),
  low: z.number().nullable().describe('lower bound of its 95 % confidence interval'),
  high: z.number().nullable().describe('upper bound'),
  treated: Ordering.describe('customers with such a mail of marketing, each once, their seven days over'),
  holdout: Ordering.describe('customers who would have got it, but for the holdout'),
});

const COUNTED = {
  playbooks: z.array(z.int()).describe('the versions that these mails were decided by'),
  sent: z.int().describe('taken by the mail server, or of unknown fate'),
  rejected: z.int(),
  heldOut: z.int().describe('would have gone, but for the holdout'),
  answers: z.object({ count: z.int(), scored: z.int(), meanScore: z.number().nullable().describe('0–10') }),
  grants: z.object({
    given: z.int(),
    redeemed: z.int(),
    cost: z.array(z.object({ currency: z.string(), amount: z.number().describe('minor units') })),
  }),
  orders: z.object({
    followed: z.int().describe('of `sent`: those that were due seven days ago or longer'),
    ordered: z.int().describe('of these: after which the customer ordered within seven days'),
    rate: Rate.nullable().describe('null: there are none yet'),
  }),
  unsubscribes: z.int().describe('through the links and buttons of such a mail'),
  complaints: z.int().describe('within seven days, or in the answer to such a mail'),
  spamComplaints: z.int(),
  uplift: UpliftAnswer,
};

const CHANNEL = {
  channel: z
    .string()
    .nullable()
    .optional()
    .describe('with `by=channel`: how these customers met the shop; null: they did not say'),
};

const WINDOW = {
  from: z.iso.datetime().describe('mails due from this moment on'),
  to: z.iso.datetime().describe('and before this one'),
};

export const TouchResults = z.object({
  ...WINDOW,
  results: z.array(
    z.object({ touch: z.string(), kind: z.enum(['marketing', 'service']), ...CHANNEL, ...COUNTED }),
  ),
});

export const PhaseResults = z.object({
  ...WINDOW,
  results: z.array(z.object({ phase: z.string(), ...CHANNEL, ...COUNTED })),
});

/** What came of mails, as the API tells it; whose they are it calls by themselves. */
export function resultAnswer({ channel, playbooks, sent, rejected, heldOut, ...result }: Result) {
  const { unsubscribes, complaints, spamComplaints, arms } = result;
  const { answers: count, scored, meanScore, followed, ordered, orderRate: rate } = result;
  const cost = Object.entries(result.cost).map(([currency, amount]) => ({ currency, amount }));
  return {
    ...(channel !== undefined && { channel }),
    ...{ playbooks: [...playbooks], sent, rejected, heldOut },
    answers: { count, scored, meanScore },
    grants: { given: result.granted, redeemed: result.redeemed, cost },
    orders: { followed, ordered, rate },
    ...{ unsubscribes, complaints, spamComplaints },
    uplift: { ...verdictOf(result.uplift), ...arms },
  };
}

const UNTOLD = { difference: null, low: null, high: null } as const;

function verdictOf(uplift: Uplift) {
  switch (uplift.kind) {
    case 'no-holdout':
      return { verdict: 'no-holdout', because: null, ...UNTOLD } as const;
    case 'too-few':
      return { verdict: 'too-early', because: 'too-few', ...UNTOLD } as const;
    case 'undecided': {
      const { difference, low, high } = uplift;
      return { verdict: 'too-early', because: 'interval-holds-zero', difference, low, high } as const;
    }
    case 'more':
    case 'fewer': {
      const { kind: verdict, difference, low, high } = uplift;
      return { verdict, because: null, difference, low, high } as const;
    }
  }
}
