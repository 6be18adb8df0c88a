import { emptyJourney, impliedPhase, takenUp } from '../../domain/beginning.ts';
import { watchedCase } from '../../domain/case-watch.ts';
import type { Customer } from '../../domain/customer.ts';
import { type Answer, decideNext, GRACE_MS, type Known } from '../../domain/decide-next.ts';
import { type Delays, retryAfterDelay } from '../../domain/delays.ts';
import { whatItDoes } from '../../domain/does.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { emptyKnown, fold } from '../../domain/facts.ts';
import type { DecisionRecord, Journey, TaskOutcome } from '../../domain/journey.ts';
import { ledgerAfter } from '../../domain/ledger.ts';
import { isHeard } from '../../domain/listening.ts';
import type { Playbook } from '../../domain/playbook.ts';
import {
  counts,
  forgetBefore,
  type Outgoing,
  placeOf,
  refusalOf,
  takesPlace,
} from '../../domain/proposal.ts';
import { sendKey, type TouchOutcome } from '../../domain/send.ts';
import { isSupported } from '../../domain/support.ts';
import { anEvent, CUSTOMER_ID, DAY, HOUR, NOON } from './builders.ts';
import { inTurn, type Weather } from './weather.ts';

/** One attempt: which touch, which time, its `due`, the moment that counted, and what became of it. */
export type Attempted = Omit<Outgoing['task'], 'customerId'> & {
  readonly at: number;
  readonly outcome: TouchOutcome;
  /** Whether its key had been settled before: then the ledger answered, and nothing left. */
  readonly repeat: boolean;
};

/** One decision that counts, with all that it rested on. */
export type Decided = { readonly known: Known; readonly answer: Answer };

const DONE = { kind: 'done' } as const;
const FIRST_CONSENT = [{ topic: 'news', basis: 'consent' }] as const;
type Task = Outgoing['task'];
type Settled = { outcome?: TouchOutcome; delays: Delays };

/** An event as it is told, before it has its number. */
export type Told = Omit<Partial<StoredEvent>, 'n'> & { readonly type: string };

/**
 * A shop with one customer, a mail server and a workflow, all in memory, doing what the spine, the activities and the
 * ledger do: decisions may be lost and asked again, runs may be terminated, attempts may end in any way.
 */
export class ModelWorld {
  now = NOON;
  playbook: Playbook;
  customer: Customer = {
    ...{ id: CUSTOMER_ID, n: 0, externalIds: [], known: emptyKnown(NOON) },
    contact: { version: 0, places: [] },
  };
  readonly attempts: Attempted[] = [];
  readonly decisions: Decided[] = [];
  readonly events: StoredEvent[] = [];
  /** The biography as it is kept: a decision asked for again replaces the one of its number. */
  readonly records = new Map<number, DecisionRecord>();
  /** So many of the next decisions are lost, each before another event. */
  toLose: Told[] = [];
  #journey: Journey | undefined;
  #next: Answer['next'] = {};
  #ledger = new Map<string, Settled>();
  #turns = { wakes: 0, fates: 0 };
  weather: Weather;
  /** By how much the latest wake came after its moment, milliseconds: those at one moment wait for each other. */
  latest = 0;

  constructor(playbook: Playbook, weather: Weather = {}) {
    this.playbook = playbook;
    this.weather = weather;
  }

  /** What decisions settled without an attempt. */
  unsupported() {
    const changes = [...this.records.values()].flatMap((record) => record.changes);
    return changes.flatMap((change) => {
      if (change.kind !== 'settled' || change.due === undefined) return [];
      const { touch, occasion, due, outcome } = change;
      return [{ touch, occasion, due, outcome }];
    });
  }

  /** Receives an event; the workflow is told, unless nobody listens. */
  post(event: Told): void {
    this.#receive(event);
    if (isHeard(event.type, this.playbook)) this.#decide();
  }

  #receive(told: Told): void {
    const { at = this.now } = told;
    const n = this.customer.n + 1;
    const acts = told.acts ?? at >= this.now - 2 * DAY;
    const consent = told.consent ?? (n === 1 ? FIRST_CONSENT : []);
    const event = anEvent({ ...told, n, at, acts, consent, receivedAt: this.now });
    const known = fold(n > 1 ? this.customer.known : undefined, event, this.playbook.shop.timeZone);
    const folded = { ...this.customer, n, known };
    const { membership } = ledgerAfter({ customer: folded, event, playbook: this.playbook });
    this.customer = { ...folded, ...(membership && { membership }) };
    this.events.push(event);
  }

  /** Wakes the journey without an event, as the relay does once mail is started. */
  wake(): void {
    this.#decide();
  }

  /** Lets time pass, and performs what comes due. */
  pass(milliseconds: number): void {
    this.goTo(this.now + milliseconds);
  }

  /** Goes on to a moment. In a time-lapse what happens then waits until the engine has caught up. */
  goTo(until: number): void {
    for (let wakes = 0; this.#next.at !== undefined && this.#next.at < until; wakes += 1) {
      if (wakes > 5_000) throw new Error('a hot loop');
      const woken = Math.max(this.now, this.#next.at) + inTurn(this.weather.lags, this.#turns.wakes++, 0);
      this.now = this.weather.grace === Infinity ? Math.min(woken, until) : woken;
      const { at, task } = this.#next;
      this.latest = Math.max(this.latest, this.now - at);
      this.#decide(task ? this.#perform(task) : undefined);
    }
    this.now = Math.max(this.now, until);
  }

  /** The run is terminated, and its worker away for so long: what it had not heard yet is lost with it. */
  restart(awayMs: number): void {
    if (!this.#journey) return;
    this.now += awayMs;
    this.#journey = undefined;
    this.#decide();
  }

  /** Only the last answer counts; those before it have overwritten the snapshot. */
  #decide(outcome?: TaskOutcome): void {
    const outcomes = outcome ? [outcome] : [];
    for (const meanwhile of this.toLose.splice(0)) {
      this.#save(decideNext(this.#known(outcomes)));
      this.#receive(meanwhile);
    }
    const known = this.#known(outcomes);
    const answer = decideNext(known);
    this.#save(answer);
    this.decisions.push({ known, answer });
    const moved = answer.journey.phase !== known.journey.phase;
    this.#next = answer.next;
    this.#journey = moved ? { ...answer.journey, unheard: [] } : answer.journey;
    if (moved && !answer.journey.ended) this.#decide();
  }

  #known(outcomes: readonly TaskOutcome[]): Known {
    const { customer, playbook, now } = this;
    const phase = impliedPhase(customer, playbook, now);
    const journey = takenUp(this.#journey ?? emptyJourney(customer.id, phase), customer);
    const events = this.events.filter(({ n }) => n > journey.heard);
    const { grace = GRACE_MS, sending } = this.weather;
    return { journey, customer, playbook, now, events, outcomes, grace, ...(sending && { sending }) };
  }

  #save({ journey, record }: Answer): void {
    this.records.set(record.seq, record);
    this.customer = { ...this.customer, journey };
  }

  #perform(task: Task): TaskOutcome {
    const { customerId: _, ...about } = task;
    const settled = this.#ledger.get(sendKey(task)) ?? { delays: { count: 0 } };
    const isLate = this.weather.grace !== Infinity && this.now - task.due > GRACE_MS;
    const at = isLate ? this.now : task.due;
    const outcome = settled.outcome ?? this.#attempt(task, at, settled);
    this.attempts.push({ ...about, at, outcome, repeat: settled.outcome !== undefined });
    const isReleased = ['postponed', 'delayed', 'failed'].includes(outcome.kind);
    this.#ledger.set(sendKey(task), isReleased ? settled : { ...settled, outcome });
    return { touch: task.touch, occasion: task.occasion, outcome };
  }

  #attempt(task: Task, at: number, settled: Settled): TouchOutcome {
    const touch = this.playbook.touches.find(({ name }) => name === task.touch);
    if (!touch) return { kind: 'skipped', reason: 'removed' };
    if (!isSupported(touch)) return { kind: 'skipped', reason: 'unsupported' };
    if (touch.does === 'case-clock') return watchedCase(this.customer, task, this.playbook, at).outcome;

    const outgoing = { task, touch, playbook: this.playbook, at };
    const refusal = refusalOf(outgoing, this.customer);
    if (!takesPlace(refusal)) return refusal ?? { kind: 'accepted' };

    this.#places([...this.#others(task, forgetBefore(outgoing)), placeOf(outgoing)]);
    const outcome = refusal ?? (whatItDoes(touch) ? DONE : this.#fate(at, settled));
    if (!['accepted', 'done', 'unknown', 'skipped', 'failed'].includes(outcome.kind))
      this.#places(this.#others(task));
    return outcome;
  }

  #fate(at: number, settled: Settled): TouchOutcome {
    const kind = inTurn(this.weather.fates, this.#turns.fates++, 'accepted');
    if (kind === 'accepted' || kind === 'unknown') return { kind };
    if (kind === 'rejected') return { kind, class: 'hard' };
    if (kind === 'failed') return { kind, type: 'sendTouch' };
    if (kind === 'lost') return { kind: 'failed', type: kind };
    if (kind === 'stopped') return { kind: 'postponed', reason: kind };

    const until = retryAfterDelay(settled.delays, at);
    settled.delays = { count: settled.delays.count + 1, firstAt: settled.delays.firstAt ?? at };
    return until === undefined ? { kind: 'rejected', class: 'soft' } : { kind, until };
  }

  #others(task: Task, since = 0) {
    return this.customer.contact.places.filter(
      (place) => place.key !== sendKey(task) && counts(place, since),
    );
  }

  #places(places: Customer['contact']['places']): void {
    this.customer = { ...this.customer, contact: { version: this.customer.contact.version + 1, places } };
  }
}

export const MINUTE = HOUR / 60;
