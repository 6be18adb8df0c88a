import { takenUp } from '../domain/beginning.ts';
import { isTimeLapse, type TimeLapse, toLogical, toWall } from '../domain/clock.ts';
import type { Customer } from '../domain/customer.ts';
import { decideNext, GRACE_MS, type Next } from '../domain/decide-next.ts';
import type { StoredEvent } from '../domain/event.ts';
import type { Decision, DecisionRecord, Heard, Journey, Situation, TaskOutcome } from '../domain/journey.ts';
import type { Playbook } from '../domain/playbook.ts';
import type { Sending } from '../domain/sending.ts';

export type DecideDeps = {
  readonly customers: {
    byId(id: string): Promise<Customer | undefined>;
    saveSnapshot(journey: Journey, decidedAt: number): Promise<void>;
  };
  readonly events: {
    between(customerId: string, after: number, upTo: number): Promise<readonly StoredEvent[]>;
  };
  readonly sending: { current(): Promise<Sending> };
  readonly decisions: { save(record: DecisionRecord): Promise<void> };
  /** The version in force. */
  readonly playbook: () => Promise<Playbook>;
  readonly timeLapse: TimeLapse;
  readonly sendTimeoutMs: number;
};

export function createDecide(deps: DecideDeps) {
  const { customers, events, decisions, playbook, timeLapse } = deps;
  const grace = isTimeLapse(timeLapse) ? Infinity : GRACE_MS;

  /**
   * Decides what is next for a customer, and when (`domain/decide-next.ts`): loads, asks the rules, saves.
   *
   * It may run several times for one `seq`; only the answer in the workflow's history counts, and what it writes are
   * overwrites on which nothing rests.
   */
  return async function decide({ journey: asked, unheard, now }: Situation): Promise<Decision> {
    const customer = await customers.byId(asked.customerId);
    if (!customer) return { journey: { ...asked, ended: 'erased', agenda: [] }, next: {} };

    const journey = takenUp(asked, customer);
    const outcomes = unheard.filter(isOutcome);
    const answer = decideNext({
      journey,
      customer,
      events: await events.between(customer.id, journey.heard, customer.n),
      ...(await sendingFor(journey, outcomes, deps)),
      outcomes,
      playbook: await playbook(),
      now: toLogical(timeLapse, now),
      grace,
    });
    await Promise.all([decisions.save(answer.record), customers.saveSnapshot(answer.journey, now)]);
    return { journey: answer.journey, next: onTheWall(answer.next, deps) };
  };
}

/** Whether mail leaves, read anew where something of the journey waits for it. */
async function sendingFor(
  { stopped }: Journey,
  outcomes: readonly TaskOutcome[],
  { sending, timeLapse }: DecideDeps,
): Promise<{ readonly sending?: Sending }> {
  if (!stopped && !outcomes.some(isStopped)) return {};
  const { spreadMs, ...state } = await sending.current();
  return { sending: { ...state, spreadMs: spreadMs * timeLapse.speed } };
}

function isStopped({ outcome }: TaskOutcome): boolean {
  return outcome.kind === 'postponed' && outcome.reason === 'stopped';
}

function isOutcome(heard: Heard): heard is TaskOutcome {
  return 'outcome' in heard;
}

/** The moment as the workflow's clock will read it; the task's own times stay logical. */
function onTheWall(
  { at, task }: Next,
  { timeLapse, sendTimeoutMs: timeoutMs }: DecideDeps,
): Decision['next'] {
  if (at === undefined) return {};
  const wall = toWall(timeLapse, at);
  return task ? { at: wall, task: { ...task, timeoutMs } } : { at: wall };
}
