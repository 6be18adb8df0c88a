import type { Send } from '../../data/sends.ts';
import type { Cause } from '../../domain/journey.ts';
import type { StoryItem } from './story.ts';
import { handOf } from './told-by.ts';
import { becauseOf, touchName, type Voice } from './voice.ts';
import { fill, say } from './words.ts';

/** A mail that left, or did not, and why. */
export function mailItem(send: Send, because: Cause | undefined, voice: Voice): StoryItem {
  const isSent = send.outcome?.kind === 'accepted';
  return {
    at: send.due,
    kind: 'mail',
    icon: isSent || !send.outcome ? 'mail' : 'mail-off',
    tone: toneOf(send),
    title: titleOf(send, because, voice),
    notes: [noteOf(send, voice), ...returnNotes(send, voice), ...saidOf(send, voice)].filter(
      (note) => note !== '',
    ),
    quote: undefined,
    changes: [],
    mail: shownMail(send, voice),
  };
}

function titleOf(send: Send, because: Cause | undefined, voice: Voice): string {
  const { words } = voice;
  const kind = send.bounce ? 'rejected' : (send.outcome?.kind ?? 'underway');
  const text = kind === 'accepted' && !because ? words.mails['accepted-plain'] : words.mails[kind];
  return say(text, {
    touch: touchName(words, send.touch),
    because: because ? becauseOf(voice, because, send) : '',
  });
}

function noteOf({ outcome, byHand }: Send, { words }: Voice): string {
  switch (outcome?.kind) {
    case undefined:
      return words.outcomeNotes.underway;
    case 'rejected':
      return words.rejections[outcome.class];
    case 'skipped':
      return words.skips[outcome.reason];
    case 'unknown':
      return words.outcomeNotes.unknown;
    case 'failed':
      return byHand ? '' : fill(words.outcomeNotes.failed, { type: outcome.type });
    case 'accepted':
    case 'postponed':
    case 'delayed':
      return '';
  }
}

/** What became of it after it was accepted. */
function returnNotes({ bounce, spamComplaintAt }: Send, { words }: Voice): readonly string[] {
  return [bounce && words.returned[bounce.class], spamComplaintAt && words.returned.spam].filter(isText);
}

function isText(text: unknown): text is string {
  return typeof text === 'string';
}

/** What people decided of it. */
function saidOf({ byHand = [] }: Send, { words, moments }: Voice): readonly string[] {
  return byHand.map(({ what, by, at, because }) =>
    fill(words.sends.said[what], { by: handOf(by, words), because, when: moments.when(at) }),
  );
}

function toneOf({ outcome, bounce, spamComplaintAt }: Send): StoryItem['tone'] {
  if (bounce || spamComplaintAt) return 'bad';
  if (outcome?.kind === 'accepted') return 'good';
  if (outcome?.kind === 'rejected' || outcome?.kind === 'unknown' || outcome?.kind === 'failed') return 'bad';
  return 'quiet';
}

/** Whether the mail, or what we know of it, is worth reading: it left, or may have. */
function isShown({ state }: Send): boolean {
  return state === 'accepted' || state === 'unknown' || state === 'transmitting' || state === 'rejected';
}

/** The mail as it left, or would have. */
function shownMail(send: Send, voice: Voice) {
  const mail = send.wouldBe ?? (isShown(send) ? send.mail : undefined);
  return mail && mailOf(send, mail.subject, voice);
}

function mailOf({ customerId, touch, occasion }: Send, subject: string, { words }: Voice) {
  const path = [customerId, 'mails', touch, occasion].map(encodeURIComponent).join('/');
  return { url: `/customers/${path}`, subject, title: fill(words.page.mailTitle, { subject }) };
}
