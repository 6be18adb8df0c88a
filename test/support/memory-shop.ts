import type { Client } from '@temporalio/client';
import { createDecide } from '../../activities/decide.ts';
import type { Activities } from '../../activities/index.ts';
import { emptyJourney, impliedPhase } from '../../domain/beginning.ts';
import { REAL_TIME } from '../../domain/clock.ts';
import type { Customer } from '../../domain/customer.ts';
import type { StoredEvent } from '../../domain/event.ts';
import { emptyKnown, fold } from '../../domain/facts.ts';
import type { DecisionRecord, Task } from '../../domain/journey.ts';
import { isHeard } from '../../domain/listening.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { forgetBefore, placeOf, refusalOf, takesPlace } from '../../domain/proposal.ts';
import type { SendOutcome } from '../../domain/send.ts';
import { happened, WORKFLOW_OF } from '../../workflows/messages.ts';

/** What a fake activity noted: a touch that came due, and what became of it. */
export type Noted = Pick<Task, 'customerId' | 'touch' | 'occasion' | 'due'> & {
  readonly outcome: SendOutcome;
};

/**
 * A shop in memory: events are folded as they are received, `decide` is the real one, and `sendTouch` asks the real
 * contact policy, then only takes notes.
 */
export class MemoryShop {
  readonly sent: Noted[] = [];
  readonly decisions = new Map<string, DecisionRecord>();
  playbook: Playbook;
  /** Answers for a touch in the place of `accepted`; may throw. */
  answer: (task: Task) => SendOutcome | Promise<SendOutcome> = () => ({ kind: 'accepted' });
  readonly #customers = new Map<string, Customer>();
  readonly #events = new Map<string, StoredEvent[]>();

  constructor(playbook: Playbook) {
    this.playbook = playbook;
  }

  /** Receives an event, as the API does; the customer's number is ours. */
  receive(event: StoredEvent): StoredEvent {
    const { customerId } = event;
    const before = this.#customers.get(customerId) ?? stranger(event);
    const numbered = { ...event, n: before.n + 1 };
    const known = fold(before.n > 0 ? before.known : undefined, numbered, this.playbook.shop.timeZone);
    this.#customers.set(customerId, { ...before, n: numbered.n, known });
    this.#events.set(customerId, [...(this.#events.get(customerId) ?? []), numbered]);
    return numbered;
  }

  /** Receives an event and tells the customer's workflow, as API and relay do. */
  async post(event: StoredEvent, client: Client, taskQueue: string): Promise<void> {
    const received = this.receive(event);
    if (isHeard(received.type, this.playbook)) await this.tell(received, client, taskQueue);
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
    return { decide: this.#decide(), sendTouch: (task) => this.#send(task) };
  }

  #decide(): Activities['decide'] {
    return createDecide({
      customers: {
        byId: async (id) => this.#customers.get(id),
        saveSnapshot: async (journey) => this.change(journey.customerId, { journey }),
      },
      events: {
        between: async (id, after, upTo) =>
          (this.#events.get(id) ?? []).filter(({ n }) => n > after && n <= upTo),
      },
      decisions: {
        save: async (record) => {
          this.decisions.set(`${record.customerId}/${record.seq}`, record);
        },
      },
      playbook: async () => this.playbook,
      timeLapse: REAL_TIME,
      sendTimeoutMs: 660_000,
    });
  }

  async #send(task: Task): Promise<SendOutcome> {
    const outcome = await this.#attempt(task);
    const { customerId, touch, occasion, due } = task;
    this.sent.push({ customerId, touch, occasion, due, outcome });
    return outcome;
  }

  async #attempt(task: Task): Promise<SendOutcome> {
    const touch = this.playbook.touches.find(({ name }) => name === task.touch);
    if (!touch) return { kind: 'skipped', reason: 'removed' };

    const outgoing = { task, touch, playbook: this.playbook, at: task.due };
    const customer = this.customer(task.customerId);
    const refusal = refusalOf(outgoing, customer);
    if (!takesPlace(refusal)) return refusal ?? { kind: 'accepted' };

    const others = customer.contact.places.filter(({ due }) => due >= forgetBefore(outgoing));
    const contact = { version: customer.contact.version + 1, places: [...others, placeOf(outgoing)] };
    this.change(customer.id, { contact });
    return refusal ?? (await this.answer(task));
  }
}

function stranger({ customerId, at }: StoredEvent): Customer {
  const contact = { version: 0, places: [] };
  return { id: customerId, n: 0, externalIds: [], known: emptyKnown(at), contact };
}
