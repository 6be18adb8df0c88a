import type { Appointment, Change, Planned } from './journey.ts';

/** What became of the agenda: planned for the first time, or moved. */
export function moves(
  before: readonly Appointment[],
  after: readonly Appointment[],
  { uncapped, reason }: { readonly uncapped: ReadonlyMap<Appointment, number>; readonly reason: string },
): Change[] {
  return after.flatMap((appointment): Change[] => {
    const { touch, occasion, because } = appointment;
    const earlier = before.find((one) => one.occasion === occasion && one.touch === touch); // of a handful
    if (earlier?.due === appointment.due && earlier?.waits === appointment.waits) return [];

    const moment = momentOf(appointment, uncapped.get(appointment));
    if (earlier && isNew(earlier)) return [{ kind: 'planned', touch, occasion, ...moment, because }];
    return [
      { kind: 'replanned', touch, occasion, ...moment, reason: appointment.waits ? 'silence' : reason },
    ];
  });
}

function momentOf({ due }: Appointment, uncapped: number | undefined): Pick<Planned, 'due' | 'uncapped'> {
  if (due === undefined) return {};
  return uncapped === undefined ? { due } : { due, uncapped };
}

function isNew({ due, waits, notBefore }: Appointment): boolean {
  return due === undefined && !waits && notBefore === undefined;
}
