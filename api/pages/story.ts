import type { Send } from '../../data/sends.ts';
import type { StoredEvent } from '../../domain/event.ts';
import type { Cause, DecisionRecord } from '../../domain/journey.ts';

import type { Shown } from './moments.ts';
import { decisionItem, linesOf } from './story-changes.ts';
import { eventItem } from './story-events.ts';
import { mailItem } from './story-mails.ts';
import type { Voice } from './voice.ts';

/** One thing a decision changed. */
export type StoryLine = { readonly icon: string; readonly text: string; readonly isPhase: boolean };

/** One thing that happened; every field is there, as the views are strict. */
export type StoryItem = {
  readonly at: number;
  readonly kind: 'event' | 'mail' | 'decision';
  readonly icon: string;
  readonly tone: 'plain' | 'good' | 'bad' | 'quiet' | 'phase';
  readonly title: string;
  readonly notes: readonly string[];
  /** What the customer wrote. */
  readonly quote: string | undefined;
  readonly changes: readonly StoryLine[];
  readonly mail: { readonly url: string; readonly subject: string; readonly title: string } | undefined;
};

/** One local day of a story. */
export type StoryDay = {
  readonly heading: string;
  readonly items: readonly (StoryItem & { readonly time: Shown })[];
};

/** What is known of a stretch of time. */
export type Past = {
  readonly events: readonly StoredEvent[];
  readonly sends: readonly Send[];
  readonly decisions: readonly DecisionRecord[];
};

/** Tells what happened, newest first, by local day; what a decision changed stands with the event it answered. */
export function tell(past: Past, voice: Voice): StoryDay[] {
  const told = past.events.map((event) => ({ id: event.id, ...eventItem(event, voice) }));
  const alone: StoryItem[] = [];
  for (const record of past.decisions) {
    const lines = linesOf(record, voice);
    if (lines.length === 0) continue;
    const index = told.findIndex(({ id }) => record.heard.some((heard) => 'id' in heard && heard.id === id));
    const answered = told[index];
    if (answered) told[index] = { ...answered, changes: [...lines, ...answered.changes] };
    else alone.push(decisionItem(record, lines));
  }
  const causes = causesOf(past.decisions);
  const mails = past.sends.map((send) =>
    mailItem(send, send.because ?? causes.get(`${send.touch}/${send.occasion}`), voice),
  );
  return byDay(
    [...mails, ...alone, ...told].sort((a, b) => b.at - a.at),
    voice,
  );
}

/** Why each touch was planned. */
function causesOf(decisions: readonly DecisionRecord[]): ReadonlyMap<string, Cause> {
  const planned = decisions.flatMap(({ changes }) =>
    changes.flatMap((change) => (change.kind === 'planned' ? [change] : [])),
  );
  return new Map(planned.map(({ touch, occasion, because }) => [`${touch}/${occasion}`, because]));
}

function byDay(items: readonly StoryItem[], { moments }: Voice): StoryDay[] {
  const days = Map.groupBy(items, ({ at }) => moments.heading(at));
  return [...days].map(([heading, those]) => ({
    heading,
    items: those.map((item) => ({ ...item, time: moments.time(item.at) })),
  }));
}
