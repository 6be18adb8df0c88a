import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Grant } from '../../domain/grant.ts';
import { checkTime } from '../../domain/moment.ts';
import { NotRedeemable, type Redemption, verdictOn } from '../../domain/redemption.ts';
import { RedeemRequest } from '../../domain/requests.ts';
import { sendRef } from '../../domain/send-ref.ts';
import { REFUSALS } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { iso } from '../journey-answer.ts';
import { Problem, unprocessable } from '../problem.ts';

const Answer = z.object({
  grant: z.string().describe('the id of the grant'),
  customerId: z.string(),
  surprise: z.string(),
  kind: z.string(),
  value: z.int().nullable().describe('minor units of `currency`; null: it has none'),
  currency: z.string().nullable(),
  orderId: z.string(),
  at: z.iso.datetime().describe('when it was redeemed; RFC 3339, UTC'),
  duplicate: z.boolean().describe('whether this order had redeemed it before: then nothing was changed'),
});

const REDEEM = {
  tags: ['surprises'],
  summary: 'Redeem a code for an order',
  description:
    'Once: the same order may ask again and is answered the same; another gets a 409. 404: there is no such code; 410: it ' +
    'has expired. It is kept as an event `redeemed` of its customer.',
  params: z.object({ code: z.string().min(1).max(256) }),
  body: RedeemRequest,
  response: { 200: Answer, ...REFUSALS },
};

const CONFIG = { scope: 'grants:redeem' } as const;

type Deps = Pick<ApiDeps, 'customers' | 'redemptions' | 'receiver' | 'clock'>;

/** Where the shop's checkout redeems what was granted. */
export function redeemRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post('/v1/grants/:code/redeem', { schema: REDEEM, config: CONFIG }, async ({ params, body }) => {
      const redemption = redemptionOf(body, deps.clock.now());
      for (;;) {
        const redeemed = await redeem(deps, params.code, redemption);
        if (redeemed) return redeemed;
      }
    });
  };
}

/** @throws Problem 422 where it is to have happened in the future */
function redemptionOf({ orderId, requestId, at }: RedeemRequest, now: number): Redemption {
  const wrong = at === undefined ? undefined : checkTime(at, now);
  if (wrong) throw unprocessable([{ pointer: '/at', message: wrong }]);
  return { orderId, at: at ?? now, ...(requestId !== undefined && { requestId }) };
}

/** One attempt; nothing where another was quicker: then it is looked at again. */
async function redeem(deps: Deps, code: string, redemption: Redemption) {
  const grant = await deps.redemptions.byCode(code);
  const isAgain = refuse(grant, redemption) === 'again';
  if (!grant || !(await deps.customers.find(grant.customerId))) throw new Problem(404, NO_CODE);
  if (isAgain) return answer(grant, redemption, true);

  const { orderId, at } = redemption;
  const event = { type: 'redeemed', at, data: { orderId, surprise: grant.surprise } };
  const along: Parameters<Deps['receiver']['receiveOwn']>[3] = (session) =>
    deps.redemptions.redeem(grant.id, redemption, session);
  try {
    const known = `redeemed-${sendRef(grant.id)}`;
    const { duplicate } = await deps.receiver.receiveOwn(grant.customerId, event, known, along);
    return duplicate ? undefined : answer(grant, redemption, false);
  } catch (error) {
    if (error instanceof NotRedeemable) return undefined;
    throw error;
  }
}

const NO_CODE = 'there is no such code';

/** @throws Problem 404, 409 or 410 where the order may not redeem it */
function refuse(grant: Grant | undefined, redemption: Redemption): 'open' | 'again' {
  const verdict = verdictOn(grant, redemption);
  switch (verdict) {
    case 'open':
    case 'again':
      return verdict;
    case 'unknown':
      throw new Problem(404, NO_CODE);
    case 'used':
      throw new Problem(409, 'this code was redeemed by another order');
    case 'expired':
      throw new Problem(410, `this code has expired${expiryOf(grant)}`);
  }
}

function expiryOf(grant: Grant | undefined): string {
  return grant?.expiresAt === undefined ? '' : ` on ${iso(grant.expiresAt)}`;
}

function answer(
  { id, customerId, surprise, kind, redeemed, ...grant }: Grant,
  { orderId, at }: Redemption,
  duplicate: boolean,
): z.output<typeof Answer> {
  const when = iso(redeemed?.at ?? at);
  const worth = { value: grant.value ?? null, currency: grant.currency ?? null };
  return { grant: id, customerId, surprise, kind, ...worth, orderId, at: when, duplicate };
}
