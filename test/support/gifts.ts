import type { ApiDeps } from '../../api/deps.ts';
import type { Gift } from '../../domain/fulfilment.ts';
import type { Grant } from '../../domain/grant.ts';
import { sendRef } from '../../domain/send-ref.ts';
import type { ShipTo } from '../../domain/ship-to.ts';
import { CUSTOMER_ID, NOON } from './builders.ts';

export const AT_HOME: ShipTo = {
  name: 'An Vos',
  lines: ['Kade 1'],
  postalCode: '9712 CA',
  city: 'Groningen',
  country: 'NL',
};

/** A gift that is to be sent to where its customer lives. */
export function aGift(gift: Partial<Gift> = {}): Gift {
  const key = `${CUSTOMER_ID}/small-treat/o-1`;
  return {
    ...{ key, customerId: CUSTOMER_ID, surprise: 'small-treat', touch: 'small-treat', occasion: 'o-1' },
    ...{ value: 750, currency: 'EUR', at: NOON, shipTo: AT_HOME },
    ...gift,
  };
}

/** One of which nobody knows where it is to go. */
export function aHomelessGift(gift: Partial<Gift> = {}): Gift {
  const { shipTo: _, ...homeless } = aGift(gift);
  return homeless;
}

/** The gifts of a world, in memory: an address that is told is kept. */
export function fakeGifts(told: readonly Gift[]): ApiDeps['gifts'] {
  const kept = new Map(told.map((gift) => [gift.key, gift]));
  const toSend = () => [...kept.values()].filter(({ sent }) => !sent);
  return {
    list: async (state, limit, after) =>
      (state === 'sent' ? [...kept.values()].filter(({ sent }) => sent) : toSend())
        .filter(({ at }) => !after || at > after.at)
        .slice(0, limit),
    countToSend: async () => toSend().length,
    find: async (_id, named) => [...kept.values()].find(({ key }) => key === named || sendRef(key) === named),
    hasAddress: async () => toSend().some(({ shipTo }) => shipTo !== undefined),
    tellAddress: async (key, shipTo) => {
      const gift = kept.get(key);
      if (!gift || gift.sent) return false;
      kept.set(key, { ...gift, shipTo });
      return true;
    },
    send: async () => {},
  };
}

/** What codes open, as it stands. */
export function fakeRedemptions(grants: readonly Grant[]): ApiDeps['redemptions'] {
  return { byCode: async (code) => grants.find((grant) => grant.code === code), redeem: async () => {} };
}
