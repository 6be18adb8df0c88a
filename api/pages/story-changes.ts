import type { Change, DecisionRecord } from '../../domain/journey.ts';
import type { TouchOutcome } from '../../domain/send.ts';
import type { StoryItem, StoryLine } from './story.ts';
import { becauseOf, touchName, type Voice } from './voice.ts';
import { say } from './words.ts';

/** What a decision changed, a line each, a new phase first. What became of a mail is told by the mail itself. */
export function linesOf({ changes }: DecisionRecord, voice: Voice): StoryLine[] {
  const lines = changes.flatMap((change): StoryLine[] => {
    const line = lineOf(change, voice);
    return line ? [{ ...line, cause: 'because' in change ? change.because.id : undefined }] : [];
  });
  return lines.sort((a, b) => Number(b.isPhase) - Number(a.isPhase));
}

/** A decision that no event in sight brought about: time did. */
export function decisionItem(record: DecisionRecord, lines: readonly StoryLine[]): StoryItem {
  const [first, ...rest] = lines;
  return {
    at: record.at,
    kind: 'decision',
    icon: first?.icon ?? 'clock',
    tone: first?.isPhase ? 'phase' : 'quiet',
    title: first?.text ?? '',
    notes: [],
    quote: undefined,
    changes: rest,
    mail: undefined,
  };
}

type Line = Omit<StoryLine, 'cause'>;

function lineOf(change: Change, voice: Voice): Line | undefined {
  switch (change.kind) {
    case 'entered':
    case 'placed':
      return phaseLine(change, voice);
    case 'planned':
    case 'replanned':
      return planLine(change, voice);
    case 'dropped':
      return droppedLine(change, voice);
    case 'settled':
      return settledLine(change, voice);
    case 'tier':
      return tierLine(change, voice);
    case 'lapsed':
    case 'came-back':
    case 'rests':
    case 'woke':
    case 'ended':
    case 'taken-up': {
      const because = becauseOf(voice, change.because);
      return line('flag', say(voice.words.changes[change.kind], { who: voice.who, because }));
    }
  }
}

function tierLine({ from, to, because }: Extract<Change, { kind: 'tier' }>, voice: Voice): Line {
  const { words, who, tierOf } = voice;
  const text = to === undefined ? 'tier-lost' : from === undefined ? 'tier-reached' : 'tier-changed';
  const names = { from: tierOf(from ?? ''), to: tierOf(to ?? '') };
  return line('flag', say(words.changes[text], { who, ...names, because: becauseOf(voice, because) }));
}

function droppedLine({ touch, reason }: Extract<Change, { kind: 'dropped' }>, { words }: Voice): Line {
  return line(
    'cross',
    say(words.changes.dropped, { touch: touchName(words, touch), reason: words.drops[reason] }),
  );
}

function phaseLine(change: Extract<Change, { kind: 'entered' | 'placed' }>, voice: Voice): Line {
  const { kind, phase, because } = change;
  const isBack = kind === 'entered' && ['lapse', 'complaint'].includes(because.type);
  const isFirst = kind === 'entered' && phase === 'first-contact';
  const text = voice.words.changes[isBack ? 'entered-back' : isFirst ? 'entered-first' : kind];
  const values = { phase: voice.words.phases[phase], because: becauseOf(voice, because) };
  return { icon: 'flag', text: say(text, values), isPhase: true };
}

function planLine(change: Extract<Change, { kind: 'planned' | 'replanned' }>, voice: Voice): Line {
  const touch = touchName(voice.words, change.touch);
  if (change.due === undefined) {
    return line('clock', say(voice.words.changes[`${change.kind}-waits`], { touch }));
  }
  const because = change.kind === 'planned' ? becauseOf(voice, change.because, change) : '';
  return line(
    'clock',
    say(voice.words.changes[change.kind], { touch, because, due: voice.moments.when(change.due) }),
  );
}

/** Only what leaves no row in the ledger: a touch that cannot be done yet, or whose activity failed for good. */
function settledLine({ touch, due, outcome }: Extract<Change, { kind: 'settled' }>, voice: Voice) {
  const { words } = voice;
  if (due !== undefined)
    return line('cross', say(words.changes['settled-unsupported'], { touch: touchName(words, touch) }));
  if (voice.isTeamTask(touch)) return taskLine(touch, outcome, voice);
  if (outcome.kind !== 'failed') return undefined;
  const text = say(words.changes['settled-failed'], { touch: touchName(words, touch), type: outcome.type });
  return line('alert', text);
}

/** What a person is to do leaves no row in the ledger of mails either. */
function taskLine(name: string, outcome: TouchOutcome, { words }: Voice): Line | undefined {
  const touch = touchName(words, name);
  if (outcome.kind === 'done') return line('hand', say(words.tasks.given, { touch }));
  if (outcome.kind !== 'skipped') return undefined;
  const reason = words.skips[outcome.reason];
  return line('cross', say(words.tasks.notGiven, { touch, reason }));
}

function line(icon: string, text: string): Line {
  return { icon, text, isPhase: false };
}
