import type { SendState } from '../data/send-document.ts';

/** What is known after a play through crashes, from every side. */
export type Evidence = {
  /** Identities of the events that the shop posted, `shop/o-1`. */
  readonly posted: readonly string[];
  readonly events: readonly { readonly id: string; readonly customerId: string; readonly n: number }[];
  readonly journeys: readonly JourneyFound[];
  readonly sends: readonly SendFound[];
  /** Message-IDs of the mails that customers got, each as often as it came. */
  readonly mails: readonly string[];
  /** Keys of the sends that the simulation of the same events says are accepted by the end. */
  readonly expected: readonly string[];
};

export type JourneyFound = {
  readonly customerId: string;
  /** The number of the last event stored. */
  readonly n: number;
  /** The number of the last event heard, as the snapshot says. */
  readonly heard: number;
  /** The same as the running workflow says. */
  readonly carried: number;
  /** Keys of the sends that are still on the agenda. */
  readonly awaited: readonly string[];
  /** Keys of the sends that were given up after three failures. */
  readonly givenUp: readonly string[];
};

export type SendFound = {
  readonly key: string;
  readonly kind: 'marketing' | 'service';
  readonly state: SendState;
  /** How often it may have been sent once more. */
  readonly resends: number;
  /** Of the mail that left, or was about to. */
  readonly messageId?: string;
};

export type Verdict = {
  readonly delivered: number;
  readonly duplicates: number;
  readonly repeated: number;
  readonly lostEvents: number;
  /** Mails that should have come and did not, by what is said of them. */
  readonly missing: { readonly unknown: number; readonly awaited: number; readonly failed: number };
  /** Every promise that was broken, a line each. */
  readonly faults: readonly string[];
};

/** Judges whether every promise was kept: nothing lost, nothing twice, and of each mail the truth is told. */
export function judge(evidence: Evidence): Verdict {
  const copies = new Map([...Map.groupBy(evidence.mails, (id) => id)].map(([id, same]) => [id, same.length]));
  const sends = evidence.sends.map((send) => ({ ...send, copies: copies.get(send.messageId ?? '') ?? 0 }));
  const lost = lostEvents(evidence);
  const givenUp = new Set(evidence.journeys.flatMap((journey) => journey.givenUp));
  const missing = missingMails(evidence, sends);
  return {
    delivered: copies.size,
    duplicates: sum(sends.map((send) => Math.max(0, send.copies - 1 - mostRepeats(send)))),
    repeated: sum(sends.map((send) => Math.max(0, Math.min(send.copies - 1, mostRepeats(send))))),
    lostEvents: lost.length,
    missing: missing.counts,
    faults: [
      ...lost.map((id) => `event ${id} is lost`),
      ...evidence.journeys.flatMap(journeyFaults),
      ...sends.flatMap((send) => sendFaults(send, givenUp)),
      ...strayMails(evidence),
      ...missing.faults,
    ],
  };
}

type Counted = SendFound & { readonly copies: number };

/** Events that are not stored, or not heard by their customer's journey. */
function lostEvents({ posted, events, journeys }: Evidence): readonly string[] {
  const stored = new Map(events.map((event) => [event.id, event]));
  const heard = new Map(journeys.map((journey) => [journey.customerId, journey.heard]));
  return posted.filter((id) => {
    const event = stored.get(id);
    return !event || event.n > (heard.get(event.customerId) ?? 0);
  });
}

function journeyFaults({ customerId, n, heard, carried }: JourneyFound): readonly string[] {
  return heard === n && carried === n
    ? []
    : [`${customerId} has ${n} events, the snapshot has heard ${heard}, the workflow ${carried}`];
}

function sendFaults(send: Counted, givenUp: ReadonlySet<string>): readonly string[] {
  const { key, state, copies } = send;
  const told = `${key} is ${state}, and came ${copies} times`;
  if (copies > 1 + mostRepeats(send)) return [told];
  switch (state) {
    case 'accepted':
      return copies === 0 ? [told] : [];
    case 'unknown':
    case 'lost':
      return [];
    case 'claimed':
    case 'transmitting':
      return givenUp.has(key) ? [] : [`${key} is ${state} for good`];
    case 'rejected':
    case 'skipped':
    case 'released':
    case 'moved':
      return copies > mostRepeats(send) ? [told] : [];
  }
}

/** Service mail of unknown fate may come once more. */
function mostRepeats({ kind, resends }: SendFound): number {
  return kind === 'service' ? resends : 0;
}

function strayMails({ mails, sends }: Evidence): readonly string[] {
  const known = new Set(sends.map(({ messageId }) => messageId));
  return [...new Set(mails)].filter((id) => !known.has(id)).map((id) => `${id} came, and is in no ledger`);
}

/** Mails that the simulation sends and nobody got: unknown, still to come, or given up; the rest are faults. */
function missingMails({ expected, journeys }: Evidence, sends: readonly Counted[]) {
  const send = new Map(sends.map((one) => [one.key, one]));
  const awaited = new Set(journeys.flatMap((journey) => journey.awaited));
  const givenUp = new Set(journeys.flatMap((journey) => journey.givenUp));
  const missing = expected.filter((key) => !send.get(key)?.copies);
  const fateOf = (key: string) => {
    if (send.get(key)?.state === 'unknown') return 'unknown';
    return awaited.has(key) ? 'awaited' : givenUp.has(key) ? 'failed' : 'unlisted';
  };
  const fates = Map.groupBy(missing, fateOf);
  const unlisted = fates.get('unlisted') ?? [];
  const of = (fate: 'unknown' | 'awaited' | 'failed') => fates.get(fate)?.length ?? 0;
  return {
    counts: { unknown: of('unknown'), awaited: of('awaited'), failed: of('failed') },
    faults: unlisted.map(
      (key) => `${key} is missing, and its ledger says ${send.get(key)?.state ?? 'nothing'}`,
    ),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
