import { describe, expect, it } from '@jest/globals';
import { readEvents } from '../../domain/incoming.ts';
import { pointerTo } from '../../domain/strict.ts';

const SOFT = { topic: 'news', basis: 'soft-opt-in', evidence: { objection: 'checkout' } };
const UNTOLD = { topic: 'news', basis: 'soft-opt-in' };

const NO_ORDER =
  '/consent/1 is a soft opt-in without its order; tell it with the purchase, or name the order as data.orderId';
const NO_OBJECTION =
  '/consent/1 is a soft opt-in of which nobody knows whether the objection was offered; say where, as "evidence": {"objection": "checkout"}';

const BOUGHT = { type: 'purchase', data: { orderId: 'o-1', total: 100, currency: 'EUR' } };

/** What is wrong with an event that tells of a consent, and of this besides. */
function refusalsOf(event: object, entry: object): readonly string[] {
  const posted = {
    ...{ id: 'e-1', source: 'shop', at: '2026-11-22T10:00:00Z', customer: { id: 'c-17' } },
    ...{ ...event, consent: [{ topic: 'tips', basis: 'consent' }, entry] },
  };
  const read = readEvents(posted, Date.parse('2026-11-22T12:00:00Z'));
  return read.kind === 'read'
    ? []
    : read.problems.map(({ path, message, hint }) => `${pointerTo(path)} ${message}; ${hint}`);
}

describe('readEvents, of a soft opt-in', () => {
  it.each<[string, object, object, readonly string[]]>([
    ['takes it with its purchase', BOUGHT, SOFT, []],
    ['takes it with what names its order', { type: 'x', data: { orderId: 'o-1' } }, SOFT, []],
    ['refuses it without an order', { type: 'visit' }, SOFT, [NO_ORDER]],
    ['refuses it where the objection was not offered', BOUGHT, UNTOLD, [NO_OBJECTION]],
    ['says all that it lacks', { type: 'x', data: { orderId: 7 } }, UNTOLD, [NO_ORDER, NO_OBJECTION]],
  ])('%s', (_, event, entry, refusals) => {
    expect(refusalsOf(event, entry)).toEqual(refusals);
  });
});
