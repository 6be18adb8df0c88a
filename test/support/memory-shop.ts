import type { Client } from '@temporalio/client';
import { createDecide } from '../../activities/decide.ts';
import type { Activities } from '../../activities/index.ts';
import { emptyJourney, impliedPhase } from '../../domain/beginning.ts';
import { watchedCase } from '../../domain/case-watch.ts';
import { REAL_TIME, type TimeLapse } from '../../domain/clock.ts';
import { stricter } from '../../domain/consents.ts';
import type { Customer, Known } from '../../domain/customer.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { emptyKnown, fold } from '../../domain/facts.ts';
import type { Decision, DecisionRecord, Situation, Task } from '../../domain/journey.ts';
import { isHeard } from '../../domain/listening.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { counts, forgetBefore, placeOf, refusalOf, takesPlace } from '../../domain/proposal.ts';
import type { SendOutcome, TouchOutcome } from '../../domain/send.ts';
import { isStopped, type Sending } from '../../domain/sending.ts';
import { happened, WORKFLOW_OF } from '../../workflows/messages.ts';

/** What a fake activity noted: a touch that came due, and what became of it. */
export type Noted = Pick<Task, 'customerId' | 'touch' | 'occasion' | 'phase' | 'due'> & {
  readonly outcome: TouchOutcome;
};

/**
 * A shop in memory: events are folded as they are received, `decide` is the real one, and `sendTouch` asks the real
 * contact policy, then only takes notes.
 */
export class MemoryShop {
  readonly sent: Noted[] = [];
  readonly decisions = new Map<string, DecisionRecord>();
  playbook: Playbook;
  /** Whether mail leaves. */
  sending: Sending = { spreadMs: 0 };
  /** Answers for a touch in the place of `accepted`; may throw. */
  answer: (task: Task) => SendOutcome | Promise<SendOutcome> = () => ({ kind: 'accepted' });
  /** Stands around `decide`: what it does before is done before the facts are read, what after, after all is written. */
  around: (situation: Situation, decide: Activities['decide']) => Promise<Decision> = (asked, decide) =>
    decide(asked);
  /** How fast the shop's time runs, for servers that cannot skip it. */
  readonly timeLapse: TimeLapse;
  readonly #customers = new Map<string, Customer>();
  readonly #events = new Map<string, StoredEvent[]>();

  constructor(playbook: Playbook, timeLapse: TimeLapse = REAL_TIME) {
    this.playbook = playbook;
    this.timeLapse = timeLapse;
  }

  /** Receives an event, as the API does; the customer's number is ours. */
  receive(event: StoredEvent): StoredEvent {
    const { customerId } = event;
    const before = this.#customers.get(customerId) ?? stranger(event);
    const numbered = { ...event, n: before.n + 1 };
    const known = fold(before.n > 0 ? before.known : undefined, numbered, this.playbook.shop.timeZone);
    this.#customers.set(customerId, { ...before, n: numbered.n, known });
    this.#events.set(customerId, [...this.eventsOf(customerId), numbered]);
    return numbered;
  }

  /** Receives an event and tells the customer's workflow, as API and relay do. */
  async post(event: StoredEvent, client: Client, taskQueue: string): Promise<StoredEvent> {
    const received = this.receive(event);
    if (isHeard(received.type, this.playbook)) await this.tell(received, client, taskQueue);
    return received;
  }

  /** Makes one customer of two, as `data/merge.ts` does; both workflows are yet to be told. */
  merge(older: string, younger: string, at: number): StoredEvent {
    const winner = this.customer(older);
    const moved = this.eventsOf(younger).map((event) => {
      return { ...event, customerId: older, n: event.n + winner.n, acts: false };
    });
    const events = [...this.eventsOf(older), ...moved].toSorted((a, b) => a.at - b.at || a.n - b.n);
    const zone = this.playbook.shop.timeZone;
    const known = events.reduce<Known | undefined>((so, event) => fold(so, event, zone), undefined);
    const consents = stricter(winner.known, this.customer(younger).known);

    this.#events.set(older, [...this.eventsOf(older), ...moved]);
    this.#events.set(younger, []);
    this.change(older, { n: winner.n + moved.length, known: { ...(known ?? winner.known), consents } });
    this.change(younger, { mergedInto: older });
    return this.receive({
      id: `rapport/merged-${younger}`,
      customerId: older,
      n: 0,
      type: 'merged',
      at,
      receivedAt: at,
      acts: true,
    });
  }

  /** What was noted, in words: `win-back skipped(expired)`. */
  touches(): string[] {
    return this.sent.map(inWords);
  }

  /** What the decisions say became of touches, in words. */
  settled(): string[] {
    const changes = [...this.decisions.values()].flatMap((record) => record.changes);
    return changes.flatMap((change) => (change.kind === 'settled' ? [inWords(change)] : []));
  }

  eventsOf(id: string): readonly StoredEvent[] {
    return this.#events.get(id) ?? [];
  }

  customerIds(): string[] {
    return [...this.#customers.keys()];
  }

  async tell({ customerId, n, type, at }: StoredEvent, client: Client, taskQueue: string): Promise<void> {
    const customer = this.customer(customerId);
    const phase = customer.journey?.phase ?? impliedPhase(customer, this.playbook, at);
    await client.workflow.signalWithStart(WORKFLOW_OF[phase], {
      workflowId: `customer:${customerId}`,
      taskQueue,
      args: [emptyJourney(customerId, phase)],
      signal: happened,
      signalArgs: [{ upTo: n, events: [{ n, type, at }] }],
    });
  }

  customer(id: string): Customer {
    const customer = this.#customers.get(id);
    if (!customer) throw new Error(`no customer ${id}`);
    return customer;
  }

  change(id: string, change: Partial<Customer>): void {
    this.#customers.set(id, { ...this.customer(id), ...change });
  }

  activities(): Activities {
    const inner = this.#decide();
    const decide = (asked: Situation) => inner(asked).catch(tellAndThrow);
    const giveTask: Activities['giveTask'] = async (task) => {
      const outcome = await this.#attempt(task);
      return this.#note(task, outcome.kind === 'accepted' ? { kind: 'done' } : outcome);
    };
    return {
      decide: (asked) => this.around(asked, decide),
      earnPoints: async () => ({ kind: 'done' }),
      giveTask,
      sendTouch: (task) => this.#send(task),
      watchCase: (task) => this.#look(task),
    };
  }

  #decide(): Activities['decide'] {
    return createDecide({
      customers: {
        byId: async (id) => this.#customers.get(id),
        saveSnapshot: async (journey) => this.change(journey.customerId, { journey }),
      },
      events: {
        between: async (id, after, upTo) => this.eventsOf(id).filter(({ n }) => n > after && n <= upTo),
      },
      decisions: {
        save: async (record) => {
          this.decisions.set(`${record.customerId}/${record.seq}`, record);
        },
      },
      sending: { current: async () => this.sending },
      playbook: async () => this.playbook,
      newestPlaybook: async () => this.playbook.version,
      timeLapse: this.timeLapse,
      sendTimeoutMs: 660_000,
    });
  }

  async #look(task: Task): Promise<TouchOutcome> {
    return this.#note(
      task,
      watchedCase(this.customer(task.customerId), task, this.playbook, task.due).outcome,
    );
  }

  async #send(task: Task): Promise<SendOutcome> {
    return this.#note(task, await this.#attempt(task));
  }

  #note<Outcome extends TouchOutcome>(task: Task, outcome: Outcome): Outcome {
    const { customerId, touch, occasion, phase, due } = task;
    this.sent.push({ customerId, touch, occasion, phase, due, outcome });
    return outcome;
  }

  async #attempt(task: Task): Promise<SendOutcome> {
    const touch = this.playbook.touches.find(({ name }) => name === task.touch);
    if (!touch) return { kind: 'skipped', reason: 'removed' };

    const outgoing = { task, touch, playbook: this.playbook, at: task.due };
    const customer = this.customer(task.customerId);
    const refusal = refusalOf(outgoing, customer);
    if (!takesPlace(refusal)) return refusal ?? { kind: 'accepted' };
    if (isStopped(this.sending, touch.kind)) return { kind: 'postponed', reason: 'stopped' };

    const others = customer.contact.places.filter((place) => counts(place, forgetBefore(outgoing)));
    const contact = { version: customer.contact.version + 1, places: [...others, placeOf(outgoing)] };
    this.change(customer.id, { contact });
    return refusal ?? (await this.answer(task));
  }
}

function inWords({ touch, outcome }: Pick<Noted, 'touch' | 'outcome'>): string {
  const why = 'reason' in outcome ? outcome.reason : outcome.kind === 'failed' ? outcome.type : undefined;
  return `${touch} ${outcome.kind}${why ? `(${why})` : ''}`;
}

/** A rule that throws is a bug, and the engine would retry for hours without a word. */
function tellAndThrow(error: unknown): never {
  process.stderr.write(`decide threw: ${error instanceof Error ? error.stack : error}\n`);
  throw error;
}

function stranger({ customerId, at }: StoredEvent): Customer {
  const contact = { version: 0, places: [] };
  return { id: customerId, n: 0, externalIds: [], known: emptyKnown(at), contact };
}
