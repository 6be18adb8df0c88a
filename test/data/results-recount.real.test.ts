import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { disconnect } from '../../data/connect.ts';
import { EventModel } from '../../data/event-document.ts';
import { countResults } from '../../data/results.ts';
import { SendModel } from '../../data/send-document.ts';
import { DAY, type Deed, keepDeeds, keepMails, type Mail, SEEN } from '../support/results.ts';
import { aDatabase } from '../support/shop.ts';

const WHO = ['an', 'ben', 'cor', 'dee'];

const aMail = fc.record<Mail>({
  who: fc.constantFrom(...WHO),
  ago: fc.integer({ min: 0, max: 40 }),
  fate: fc.constantFrom('accepted', 'unknown', 'rejected', 'holdout', 'rehearsal', 'moved'),
  touch: fc.constantFrom('hello', 'treat'),
  kind: fc.constantFrom('marketing', 'service'),
});
const anOrder = fc
  .record({ who: fc.constantFrom(...WHO), ago: fc.integer({ min: 0, max: 40 }) })
  .map((deed): Deed => ({ ...deed, type: 'purchase' }));

beforeAll(aDatabase);
afterAll(disconnect);

/** The same, one mail after the other. */
function recount(mails: readonly Mail[], orders: readonly Deed[], touch: string) {
  const ours = mails.filter((mail) => mail.touch === touch);
  const sent = ours.filter(({ fate }) => fate === 'accepted' || fate === 'unknown');
  const isOver = ({ ago }: Mail) => ago >= 7;
  const isOrdered = ({ who, ago }: Mail) =>
    orders.some((order) => order.who === who && order.ago < ago && order.ago >= ago - 7);
  const firsts = WHO.flatMap((who) => {
    const theirs = ours.filter((mail) => mail.who === who && mail.kind === 'marketing' && isOver(mail));
    const compared = theirs.filter(({ fate }) => fate !== 'rehearsal' && fate !== 'moved');
    const earliest = Math.max(...compared.map(({ ago }) => ago));
    return compared.filter(({ ago }) => ago === earliest).slice(0, 1);
  });
  const side = (isHeld: boolean) => {
    const them = firsts.filter(({ fate }) => (fate === 'holdout') === isHeld);
    return { customers: them.length, ordered: them.filter(isOrdered).length };
  };
  const followed = sent.filter(isOver);
  return {
    ...{ name: touch, sent: sent.length, followed: followed.length },
    ordered: followed.filter(isOrdered).length,
    arms: { treated: side(false), holdout: side(true) },
  };
}

/** A customer has at most one mail of a touch a day: which of two at once is the first nobody can say. */
function onePerDay(mails: readonly Mail[]): readonly Mail[] {
  return [...new Map(mails.map((mail) => [`${mail.who}/${mail.touch}/${mail.ago}`, mail])).values()];
}

describe('countResults, beside a naive count', () => {
  it('comes to the same, whatever was sent and ordered', async () => {
    const worlds = fc.tuple(fc.array(aMail, { maxLength: 25 }), fc.array(anOrder, { maxLength: 12 }));
    const check = async ([drawn, orders]: readonly [readonly Mail[], readonly Deed[]]) => {
      const mails = onePerDay(drawn);
      await Promise.all([SendModel.deleteMany({}), EventModel.deleteMany({})]);
      await keepMails(mails);
      await keepDeeds(orders);

      const within = { from: SEEN - 60 * DAY, to: SEEN + DAY, now: SEEN };
      const counts = await countResults({ per: 'touch', byChannel: false, ...within });

      for (const count of counts) expect(count).toMatchObject(recount(mails, orders, count.name));
      const named = mails.filter(({ fate }) => fate !== 'rehearsal' && fate !== 'moved');
      expect(counts.map(({ name }) => name).sort()).toEqual(
        [...new Set(named.map(({ touch }) => touch))].sort(),
      );
    };

    await fc.assert(fc.asyncProperty(worlds, check), { numRuns: 30 });
  });
});
