import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settleConsents, stricter } from '../../domain/consents.ts';
import type { Customer, Known } from '../../domain/customer.ts';
import type { ConsentGiven, StoredEvent } from '../../domain/event.ts';
import { emptyKnown, fold } from '../../domain/facts.ts';
import { stricterMarks } from '../../domain/marketing-off.ts';
import { aCustomer, anEvent, NOON } from '../support/builders.ts';

const MINUTE = 60_000;

/** Something that happened at `NOON` + `minute`, and what was said of consents with it. */
function at(minute: number, type: string, consent: readonly ConsentGiven[] = [], data = {}): StoredEvent {
  return anEvent({ type, n: minute + 1, at: NOON + minute * MINUTE, consent, data });
}

const given = (topic: string) => ({ topic, basis: 'consent' }) as const;
const OFF = at(5, 'unsubscribe');

/** The topics one may write about after these events, in whatever order they come. */
function mayWrite(events: readonly StoredEvent[]): string[] {
  const inOrder = topicsOf(aCustomer(events));
  expect(topicsOf(aCustomer(events.toReversed()))).toEqual(inOrder);
  return inOrder;
}

function topicsOf({ known }: Pick<Customer, 'known'>): string[] {
  const granted = Object.entries(known.consents).filter(([, consent]) => consent.granted);
  return granted.map(([topic]) => topic).sort();
}

describe('foldMarketingOff', () => {
  const both = at(1, 'sign-up', [given('news'), given('tips')]);

  it.each<[string, readonly StoredEvent[], readonly string[]]>([
    ['leaving one topic leaves the others', [both, at(5, 'unsubscribe', [], { topic: 'news' })], ['tips']],
    ['leaving all leaves none', [both, OFF], []],
    ['a spam complaint is leaving all', [both, at(5, 'spam-complaint')], []],
    ['a soft opt-in given since does not bring it back', [both, OFF, at(6, 'purchase', [soft('news')])], []],
    ['nor does one that was never refused by name', [both, OFF, at(6, 'purchase', [soft('offers')])], []],
    ['nor does a list', [both, OFF, at(6, 'profile', [{ ...given('news'), imported: true }])], []],
    [
      'nor what nobody knows the time of',
      [both, OFF, at(6, 'profile', [{ ...given('news'), undated: true }])],
      [],
    ],
    ['a consent of the same moment neither', [both, OFF, at(5, 'sign-up', [given('news')])], []],
    [
      'an own consent since brings back its topic alone',
      [both, OFF, at(6, 'sign-up', [given('news')])],
      ['news'],
    ],
    [
      'which a list that repeats it does not take away',
      [OFF, at(6, 'sign-up', [given('news')]), at(7, 'profile', [{ ...given('news'), imported: true }])],
      ['news'],
    ],
    ['leaving anew holds', [OFF, at(6, 'sign-up', [given('news')]), at(7, 'unsubscribe')], []],
  ])('%s', (_, events, topics) => {
    expect(mayWrite(events)).toEqual(topics);
  });

  it('tells when, and never ends the journey', () => {
    const { known } = aCustomer([both, at(3, 'spam-complaint'), OFF]);

    expect(known.marketingOff).toEqual({ at: OFF.at });
    expect(known).not.toHaveProperty('ended');
    expect(aCustomer([both]).known).not.toHaveProperty('marketingOff');
  });
});

function soft(topic: string): ConsentGiven {
  return { topic, basis: 'soft-opt-in' };
}

const someEvents = fc.array(
  fc.record({
    minute: fc.integer({ min: 0, max: 8 }),
    type: fc.constantFrom('unsubscribe', 'spam-complaint', 'sign-up', 'profile'),
    topic: fc.constantFrom('news', 'tips'),
    how: fc.constantFrom('given', 'soft', 'listed', 'withdrawn', 'none'),
    isAll: fc.boolean(),
  }),
  { maxLength: 6 },
);

type Drawn = (typeof someEvents extends fc.Arbitrary<infer List> ? List : never)[number];

function eventOf({ minute, type, topic, how, isAll }: Drawn): StoredEvent {
  const entries: Record<Drawn['how'], ConsentGiven[]> = {
    given: [given(topic)],
    soft: [soft(topic)],
    listed: [{ ...given(topic), imported: true }],
    withdrawn: [{ topic, withdrawn: true }],
    none: [],
  };
  return at(minute, type, entries[how], isAll ? {} : { topic });
}

/** As a merge does it: both folded anew, with the stricter of the consents. */
function merged(a: readonly StoredEvent[], b: readonly StoredEvent[]): Known {
  const [one, other] = [aCustomer(a).known, aCustomer(b).known];
  const all = [...a, ...b].reduce((known, event) => fold(known, event), emptyKnown(NOON));
  const consents = stricter(one, other);
  const marks = stricterMarks(all.marks ?? { told: {}, addresses: [], cases: [] }, [one, other], consents);
  return { ...all, marks, consents: settleConsents(consents, marks, 'key-an') };
}

describe('two customers who turn out to be one', () => {
  it('may be written to only about what neither of them refused', () => {
    fc.assert(
      fc.property(someEvents, someEvents, (a, b) => {
        const [one, other] = [a.map(eventOf), b.map(eventOf)];
        const [ofOne, ofOther] = [aCustomer(one).known, aCustomer(other).known];
        const refused = (known: Known, topic: string) =>
          known.consents[topic]?.granted === false || (known.marketingOff && !known.consents[topic]?.granted);

        for (const topic of topicsOf({ known: merged(one, other) })) {
          expect(refused(ofOne, topic) || refused(ofOther, topic)).toBeFalsy();
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are not brought back by a list, though one of them had consented later', () => {
    const known = merged([at(1, 'spam-complaint')], [at(2, 'sign-up', [given('news')])]);
    const listed = fold(known, at(6, 'profile', [{ ...given('news'), imported: true }]));

    expect([topicsOf({ known }), topicsOf({ known: listed })]).toEqual([[], []]);
    expect(topicsOf({ known: fold(listed, at(7, 'sign-up', [given('news')])) })).toEqual(['news']);
  });
});
