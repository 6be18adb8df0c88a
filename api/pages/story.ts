import type { Send } from '../../data/sends.ts';
import type { StoredEvent } from '../../domain/event.ts';
import type { Cause, DecisionRecord } from '../../domain/journey.ts';

import type { Shown } from './moments.ts';
import { decisionItem, linesOf } from './story-changes.ts';
import { eventItem } from './story-events.ts';
import { mailItem } from './story-mails.ts';
import type { Voice } from './voice.ts';

/** One thing a decision changed. */
export type StoryLine = {
  readonly icon: string;
  readonly text: string;
  readonly isPhase: boolean;
  /** The event it answers, if it names one. */
  readonly cause: string | undefined;
};

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
  const { answers, alone } = changesOf(past, voice);
  const told = past.events.map((event) => eventItem(event, answers.get(event.id) ?? [], voice));
  const causes = causesOf(past.decisions);
  const mails = past.sends.map((send) => {
    return mailItem(send, send.because ?? causes.get(`${send.touch}/${send.occasion}`), voice);
  });
  return byDay(
    [...mails, ...alone, ...told].sort((a, b) => b.at - a.at),
    voice,
  );
}

/** What decisions changed: with the event each change answers, or alone where time brought it about. */
function changesOf({ events, decisions }: Past, voice: Voice) {
  const answers = new Map<string, StoryLine[]>(events.map(({ id }) => [id, []]));
  const alone = [...decisions].reverse().flatMap((record) => {
    const heard = record.heard.flatMap((cause) => ('id' in cause && answers.has(cause.id) ? [cause.id] : []));
    const strays = linesOf(record, voice).filter((line) => {
      const event = heard.find((id) => id === line.cause) ?? heard.at(-1);
      if (event) answers.get(event)?.push(line);
      return !event;
    });
    return strays.length > 0 ? [decisionItem(record, strays)] : [];
  });
  return { answers, alone };
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
