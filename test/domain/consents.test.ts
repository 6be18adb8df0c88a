import { describe, expect, it } from '@jest/globals';
import { stricter } from '../../domain/consents.ts';
import type { Known } from '../../domain/customer.ts';
import type { ConsentGiven, StoredEvent } from '../../domain/event.ts';
import { fold } from '../../domain/facts.ts';
import { anEvent, NOON } from '../support/builders.ts';

/** What is said of a consent; `undated`: by a list, at no time of its own. */
type Said = Partial<ConsentGiven>;

/** Says something about news at `NOON` + `minute`, as the owner of an address. */
function said(minute: number, entry: Said, address?: string): StoredEvent {
  const at = NOON + minute * 60_000;
  const customer = address ? { email: `${address}@example.com`, emailKey: address } : {};
  return anEvent({ type: 'profile', n: minute + 1, at, customer, consent: [aConsent(entry)] });
}

function aConsent(entry: Said): ConsentGiven {
  const when = entry.undated ? { undated: entry.undated } : {};
  if ('withdrawn' in entry) return { topic: 'news', withdrawn: true, ...when };
  return { topic: 'news', basis: 'basis' in entry && entry.basis ? entry.basis : 'consent', ...when };
}

function moved(minute: number, address: string): StoredEvent {
  const at = NOON + minute * 60_000;
  const customer = { email: `${address}@example.com`, emailKey: address };
  return anEvent({ type: 'visit', n: minute + 1, at, customer, consent: [] });
}

function known(events: readonly StoredEvent[]): Known {
  return (
    events.reduce<Known | undefined>((before, event) => fold(before, event), undefined) ??
    fold(undefined, moved(0, 'a'))
  );
}

const GIVEN = {};
const SOFT = { basis: 'soft-opt-in' } as const;
const SERVICE = { basis: 'service' } as const;
const WITHDRAWN = { withdrawn: true } as const;
const LISTED = { undated: true } as const;
const REFUSED_ON_LIST = { withdrawn: true, undated: true } as const;

describe('consents', () => {
  it.each<[string, readonly StoredEvent[], boolean]>([
    ['the last word counts', [said(1, GIVEN), said(2, WITHDRAWN)], false],
    ['given anew counts', [said(1, WITHDRAWN), said(2, GIVEN)], true],
    ['of one moment the withdrawal counts', [said(1, GIVEN), said(1, WITHDRAWN)], false],
    ['a soft opt-in counts where nothing was said', [said(1, SOFT)], true],
    ['a soft opt-in overrides no withdrawal', [said(1, WITHDRAWN), said(2, SOFT)], false],
    ['a withdrawal overrides a soft opt-in, late as it comes', [said(1, WITHDRAWN), said(0, SOFT)], false],
    ['service overrides no withdrawal', [said(1, WITHDRAWN), said(2, SERVICE)], false],
    ['service overrides no withdrawal of no known time', [said(1, REFUSED_ON_LIST), said(2, SERVICE)], false],
    ['a new address asks anew', [said(1, GIVEN, 'a'), moved(2, 'b')], false],
    [
      'a consent without an address belongs to that of its time',
      [moved(0, 'a'), said(1, GIVEN), moved(2, 'b')],
      false,
    ],
    ['a consent given for the new address counts', [said(1, GIVEN, 'a'), said(2, GIVEN, 'b')], true],
    ['back at the old address its consent counts', [said(1, GIVEN, 'a'), moved(2, 'b'), moved(3, 'a')], true],
    [
      'a consent for one address does not count at the other',
      [moved(0, 'a'), said(1, GIVEN, 'b'), moved(2, 'a')],
      false,
    ],
    ['the same address told again changes nothing', [said(1, GIVEN, 'a'), moved(2, 'a')], true],
    ['a soft opt-in goes along to a new address', [said(1, SOFT, 'a'), moved(2, 'b')], true],
    ['a consent on a list counts where nothing was said', [said(1, LISTED)], true],
    [
      'a consent on a later list revives nothing that was withdrawn',
      [said(1, WITHDRAWN), said(2, LISTED)],
      false,
    ],
    ['nor does it on another list', [said(2, LISTED), said(1, WITHDRAWN), said(3, LISTED)], false],
    [
      'a refusal on a later list silences nobody who confirmed',
      [said(1, GIVEN), said(2, REFUSED_ON_LIST)],
      true,
    ],
    ['a refusal on a list overrides a soft opt-in', [said(1, REFUSED_ON_LIST), said(2, SOFT)], false],
    ['of two lists the later counts, with its yes', [said(1, REFUSED_ON_LIST), said(2, LISTED)], true],
    ['of two lists the later counts, with its no', [said(1, LISTED), said(2, REFUSED_ON_LIST)], false],
    ['a consent given since overrides a refusal on a list', [said(1, REFUSED_ON_LIST), said(2, GIVEN)], true],
  ])('%s', (_, events, granted) => {
    expect(known(events).consents.news?.granted).toBe(granted);
    expect(known(events.toReversed()).consents.news?.granted).toBe(granted);
  });
});

it.each([
  ['a consent', GIVEN, 'consent'],
  ['a soft opt-in', SOFT, 'soft-opt-in'],
])('%s stays what it is though the shop says later that the topic is service', (_, entry, basis) => {
  expect(known([said(1, entry), said(2, SERVICE)]).consents.news?.basis).toBe(basis);
  expect(known([said(2, SERVICE), said(1, entry)]).consents.news?.basis).toBe(basis);
});

describe('stricter', () => {
  const given = known([said(5, GIVEN, 'a')]);
  const withdrawn = known([said(1, WITHDRAWN, 'b')]);

  it('lets a refusal hold until a consent after both', () => {
    const consents = stricter(given, withdrawn);

    expect(consents.news).toEqual({ granted: false, at: NOON + 5 * 60_000 });
    expect(stricter(withdrawn, given)).toEqual(consents);
    expect(fold({ ...given, consents }, said(6, GIVEN, 'a')).consents.news?.granted).toBe(true);
    expect(fold({ ...given, consents }, said(4, GIVEN, 'a')).consents.news?.granted).toBe(false);
  });

  it('lets a refusal on lists alone yield to a consent with its own time', () => {
    const refused = known([said(5, REFUSED_ON_LIST)]);
    const consents = stricter(refused, known([said(3, LISTED)]));

    expect(consents.news).toEqual({ granted: false, at: NOON + 5 * 60_000, undated: true });
    expect(fold({ ...refused, consents }, said(1, GIVEN)).consents.news?.granted).toBe(true);
  });

  it('keeps what only one of them said', () => {
    expect(stricter(given, known([moved(1, 'b')])).news?.granted).toBe(true);
  });

  it('takes a consent voided by a new address for a refusal', () => {
    const voided = known([said(1, GIVEN, 'a'), moved(2, 'b')]);

    expect(stricter(voided, given).news?.granted).toBe(false);
  });
});
