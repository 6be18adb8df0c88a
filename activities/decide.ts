import { takenUp } from '../domain/beginning.ts';
import { type TimeLapse, toLogical, toWall } from '../domain/clock.ts';
import type { Customer } from '../domain/customer.ts';
import { type Answer, decideNext, graceIn, type Next } from '../domain/decide-next.ts';
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
  /** The version in force, or a newer one than was known of. */
  readonly playbook: (atLeast?: number) => Promise<Playbook>;
  /** The number of the newest version, asked anew. */
  readonly newestPlaybook: () => Promise<number>;
  readonly timeLapse: TimeLapse;
  readonly sendTimeoutMs: number;
};

export function createDecide(deps: DecideDeps) {
  const { customers, decisions, playbook, newestPlaybook } = deps;

  /**
   * Decides what is next for a customer, and when (`domain/decide-next.ts`): loads, asks the rules, saves.
   *
   * It may run several times for one `seq`; only the answer in the workflow's history counts, and what it writes are
   * overwrites on which nothing rests. A version of the playbook that was published meanwhile is seen before it
   * answers: whoever goes over the snapshots after publishing finds this journey's, or finds it replanned.
   */
  return async function decide(situation: Situation): Promise<Decision> {
    const customer = await customers.byId(situation.journey.customerId);
    if (!customer || customer.erased)
      return { journey: { ...situation.journey, ended: 'erased', agenda: [] }, next: {} };

    for (let newest = 0; ; ) {
      const inForce = await playbook(newest);
      const answer = await answerBy(inForce, { situation, customer }, deps);
      await Promise.all([
        decisions.save(answer.record),
        customers.saveSnapshot(answer.journey, situation.now),
      ]);
      newest = await newestPlaybook();
      if (newest <= inForce.version) return { journey: answer.journey, next: onTheWall(answer.next, deps) };
    }
  };
}

async function answerBy(
  playbook: Playbook,
  { situation, customer }: { readonly situation: Situation; readonly customer: Customer },
  deps: DecideDeps,
): Promise<Answer> {
  const { events, timeLapse } = deps;
  const journey = takenUp(situation.journey, customer);
  const outcomes = situation.unheard.filter(isOutcome);
  return decideNext({
    journey,
    customer,
    events: await events.between(customer.id, journey.heard, customer.n),
    ...(await sendingFor(journey, outcomes, deps)),
    outcomes,
    playbook,
    now: toLogical(timeLapse, situation.now),
    grace: graceIn(timeLapse),
  });
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
