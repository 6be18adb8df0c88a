import type { StoredEvent } from './event.ts';
import { GivenOut } from './given-out.ts';
import { type LoadFigures, type MailFigures, MailTally } from './mail-tally.ts';
import { type Period, type PhaseFigures, PhaseTally } from './phase-tally.ts';
import type { Playbook } from './playbook.ts';
import { type Simulated, simulate } from './simulate.ts';
import { type TouchFigures, TouchTally } from './touch-tally.ts';

/** What a playbook would have come to over a shop's real orders. */
export type SimulationFigures = {
  readonly customers: number;
  readonly mails: { readonly all: MailFigures; readonly marketing: MailFigures };
  readonly load: LoadFigures;
  readonly phases: readonly PhaseFigures[];
  /** In the order of the playbook. */
  readonly touches: readonly TouchFigures[];
};

/** Plays one customer after the other, and keeps nothing of them but counts. */
export class Simulation {
  readonly #playbook: Playbook;
  readonly #until: number;
  readonly #touches: TouchTally;
  readonly #phases: PhaseTally;
  readonly #mails: MailTally;
  readonly #given = new GivenOut();
  #customers = 0;

  constructor(playbook: Playbook, period: Period) {
    this.#playbook = playbook;
    this.#until = period.until;
    this.#touches = new TouchTally(playbook);
    this.#phases = new PhaseTally(period);
    this.#mails = new MailTally(playbook, period);
  }

  /** Plays one customer's events, and answers what came of them. */
  play(events: readonly StoredEvent[]): Simulated {
    const simulated = simulate(events, this.#playbook, this.#until, this.#given);
    const capped = this.#touches.add(simulated);
    this.#phases.add(simulated, capped);
    this.#mails.add(simulated);
    this.#customers += 1;
    return simulated;
  }

  figures(): SimulationFigures {
    return {
      customers: this.#customers,
      mails: this.#mails.figures(),
      load: this.#mails.load(),
      phases: this.#phases.figures(),
      touches: this.#touches.figures(),
    };
  }
}
