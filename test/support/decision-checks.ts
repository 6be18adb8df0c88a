import { deepStrictEqual, ok } from 'node:assert/strict';
import { zoneOf } from '../../domain/contact-policy.ts';
import { decideNext } from '../../domain/decide-next.ts';
import type { Appointment, Change } from '../../domain/journey.ts';
import { lapseMoment } from '../../domain/lapse.ts';
import { dayNumber, isQuiet } from '../../domain/local-time.ts';
import { isForward } from '../../domain/phases.ts';
import type { Playbook, Touch } from '../../domain/playbook.ts';
import { sendKey } from '../../domain/send.ts';
import { isSupported } from '../../domain/support.ts';
import { type Attempted, type Decided, MINUTE, type ModelWorld } from './model-world.ts';

/** What holds for every decision, whatever happened. */
export function checkDecision(decided: Decided): void {
  checkNext(decided);
  checkCourse(decided);
  checkAgenda(decided);
  checkPlaces(decided);
  checkIsPure(decided);
}

/** A due task, a finite moment at least a minute away, none while nothing can come due, or an end. */
function checkNext({ known, answer }: Decided): void {
  const { journey, next } = answer;
  if (journey.ended) {
    deepStrictEqual([next, journey.agenda], [{}, []]);
    return;
  }
  const { customer, playbook, now } = known;
  const context = { customer, playbook, zone: zoneOf(customer, playbook) };
  const dues = journey.agenda.flatMap(({ due }) => due ?? []);
  const lapse = lapseMoment(journey, context);
  const first = Math.min(...dues, lapse ?? Infinity);

  ok(next.at === undefined ? first === Infinity : Number.isFinite(next.at), 'a moment where one is needed');
  if (next.at === undefined) return;
  ok(next.at <= Math.max(first, now + MINUTE), `waits past ${first}`);
  ok((next.task && next.at === next.task.due && next.at <= now) || next.at >= now + MINUTE, 'a hot loop');
}

/** Time never runs backwards, nor does a phase, but by hand or by falling back. */
function checkCourse({ known, answer }: Decided): void {
  const [before, after] = [known.journey, answer.journey];
  ok(after.now >= before.now, 'time runs backwards');
  deepStrictEqual([after.seq, after.heard], [before.seq + 1, known.customer.n]);
  if (before.since === 0 || !isForward(after.phase, before.phase)) return;

  const fallsBack = known.playbook.phases[before.phase].fallsBack?.on ?? [];
  const isByHand = known.events.some(({ type }) => type === 'move');
  const lapsed = answer.record.changes.some(({ kind }) => kind === 'lapsed');
  ok(isByHand || known.events.some(({ type }) => fallsBack.includes(type)) || lapsed, 'moves backwards');
}

/** Whatever joins or leaves the agenda is told in a change; each occasion is on it once; no due is in quiet hours. */
function checkAgenda({ known, answer }: Decided): void {
  const [before, after] = [known.journey.agenda, answer.journey.agenda];
  const told = (kinds: readonly string[], appointment: Appointment) =>
    answer.record.changes.some(
      (change) => kinds.includes(change.kind) && keyOf(change) === keyOf(appointment),
    );
  const isIn = (agenda: readonly Appointment[], one: Appointment) =>
    agenda.some((other) => keyOf(other) === keyOf(one));

  for (const gone of before.filter((one) => !isIn(after, one)))
    ok(told(['settled', 'dropped'], gone), `${keyOf(gone)} is forgotten`);
  for (const come of after.filter((one) => !isIn(before, one)))
    ok(told(['planned'], come), `${keyOf(come)} comes untold`);
  deepStrictEqual(new Set(after.map(keyOf)).size, after.length);

  const zone = zoneOf(known.customer, known.playbook);
  for (const { due, expires = Infinity, ...one } of after) {
    const touch = marketing(known.playbook).get(one.touch);
    ok(due !== undefined || one.waits, `${keyOf(one)} has no moment`);
    if (touch && due !== undefined && due < expires)
      ok(!isQuietAt(due, known.playbook, zone), 'in quiet hours');
  }
}

/** What is planned into the future fits under the caps, with what others have sent. */
function checkPlaces({ known, answer }: Decided): void {
  const { customer, playbook } = known;
  const zone = zoneOf(customer, playbook);
  const { agenda, now } = answer.journey;
  const touches = marketing(playbook);
  const coming = agenda.flatMap(({ due = 0, expires = Infinity, ...one }) =>
    touches.has(one.touch) && due > now && due < expires
      ? [{ key: sendKey({ customerId: customer.id, ...one }), due }]
      : [],
  );
  const isSent = (key: string) => !agenda.some((one) => sendKey({ customerId: customer.id, ...one }) === key);
  const sent = customer.contact.places.filter(({ kind, key }) => kind === 'marketing' && isSent(key));
  const planned = coming.map(({ due }) => dayNumber(due, zone));
  const all = [...planned, ...sent.map(({ due }) => dayNumber(due, zone))];
  for (const { max, days } of playbook.contact.caps)
    for (const first of all) {
      const isIn = (day: number) => day >= first && day < first + days;
      ok(!planned.some(isIn) || all.filter(isIn).length <= max, `plans over ${max} in ${days} days`);
    }
}

/** The same question has the same answer, also when question and answer went through JSON. */
function checkIsPure({ known, answer }: Decided): void {
  const { journey } = known;
  deepStrictEqual(JSON.parse(JSON.stringify(answer)), answer);
  deepStrictEqual(JSON.parse(JSON.stringify(journey)), journey);
  deepStrictEqual(decideNext({ ...known, journey: JSON.parse(JSON.stringify(journey)) }), answer);
}

/** What holds for all that was sent: once, in open hours, within the caps. */
export function checkSends({ attempts, playbook, customer }: ModelWorld, beforeEdit: number): void {
  const zone = zoneOf(customer, playbook);
  const sent = attempts.filter((attempt) => hasLeft(attempt) && marketing(playbook).has(attempt.touch));
  deepStrictEqual(new Set(sent.map(keyOf)).size, sent.length);
  for (const { due, at } of sent.filter((_, i) => i >= beforeEdit))
    ok(!isQuietAt(due, playbook, zone) && !isQuietAt(at, playbook, zone), 'sent in quiet hours');
  checkCaps(
    sent.map(({ at }) => dayNumber(at, zone)),
    playbook,
  );
}

function checkCaps(days: readonly number[], { contact }: Playbook): void {
  for (const { max, days: window } of contact.caps) {
    for (const first of days)
      ok(
        days.filter((day) => day >= first && day < first + window).length <= max,
        `over ${max} in ${window} days`,
      );
  }
}

/** Everything that was ever planned is settled, dropped with a word, or still to come. */
export function checkNothingForgotten({ decisions, records, now }: ModelWorld): void {
  const last = decisions.at(-1)?.answer.journey;
  const open = new Set(last?.agenda.map(keyOf));
  const told = new Set(
    [...records.values()].flatMap(({ changes }) =>
      changes.filter(({ kind }) => kind === 'settled' || kind === 'dropped').map(keyOf),
    ),
  );
  for (const { answer } of decisions)
    for (const planned of answer.journey.agenda)
      ok(open.has(keyOf(planned)) || told.has(keyOf(planned)), `${keyOf(planned)} is forgotten`);
  for (const { due } of last?.agenda ?? []) ok(due === undefined || due >= now, 'a due touch stays');
}

/** An attempt that put a mail on its way, whatever became of it. */
function hasLeft({ outcome, repeat }: Attempted): boolean {
  return !repeat && (outcome.kind === 'accepted' || outcome.kind === 'unknown');
}

function keyOf(one: Change | { readonly touch: string; readonly occasion: string }): string {
  return 'touch' in one ? `${one.touch}/${one.occasion}` : one.kind;
}

function marketing({ touches }: Playbook): ReadonlyMap<string, Touch> {
  const those = touches.filter((touch) => touch.kind === 'marketing' && isSupported(touch));
  return new Map(those.map((touch) => [touch.name, touch]));
}

function isQuietAt(at: number, { contact }: Playbook, zone: string): boolean {
  return contact.quiet !== undefined && isQuiet(at, contact.quiet, zone);
}
