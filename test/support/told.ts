import type { Change, Journey } from '../../domain/journey.ts';
import type { ModelWorld } from './model-world.ts';

/** A moment as `06-21 07:00`, UTC. */
export function shortly(moment: number): string {
  return new Date(moment).toISOString().slice(5, 16).replace('T', ' ');
}

/** Every attempt: `06-21 07:00 birthday/2026 accepted`. */
export function sentIn(world: ModelWorld): string[] {
  return world.attempts.map(({ due, touch, occasion, outcome }) => {
    const fate = 'reason' in outcome ? outcome.reason : outcome.kind;
    return `${shortly(due)} ${touch}/${occasion} ${fate}`;
  });
}

/** What is to come: `06-21 07:00 birthday/2026`. */
export function agendaIn(world: ModelWorld): string[] {
  return journeyIn(world).agenda.map(
    ({ due, touch, occasion }) => `${due === undefined ? 'waits' : shortly(due)} ${touch}/${occasion}`,
  );
}

export function journeyIn({ decisions }: ModelWorld): Journey {
  const last = decisions.at(-1);
  if (!last) throw new Error('nothing was decided');
  return last.answer.journey;
}

/** The biography, plans apart: `entered relationship`, `dropped welcome/1 phase-left`. */
export function biographyIn({ records }: ModelWorld): string[] {
  return [...records.values()].flatMap(({ changes }) => changes).flatMap(lineOf);
}

function lineOf(change: Change): string[] {
  switch (change.kind) {
    case 'entered':
    case 'placed':
      return [`${change.kind} ${change.phase}`];
    case 'dropped':
      return [`dropped ${change.touch}/${change.occasion} ${change.reason}`];
    case 'planned':
    case 'replanned':
    case 'settled':
      return [];
    case 'tier':
      return [`tier ${change.from ?? '–'} → ${change.to ?? '–'}`];
    case 'lapsed':
    case 'came-back':
    case 'rests':
    case 'woke':
    case 'ended':
    case 'taken-up':
      return [change.kind];
  }
}
