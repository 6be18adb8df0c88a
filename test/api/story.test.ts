import { describe, expect, it } from '@jest/globals';
import { type Past, type StoryItem, tell } from '../../api/pages/story.ts';
import { voiceFor } from '../../api/pages/voice.ts';
import type { Language } from '../../api/pages/words.ts';
import type { EventData } from '../../domain/event.ts';
import type { Change, DecisionRecord } from '../../domain/journey.ts';
import type { SendOutcome } from '../../domain/send.ts';
import {
  aCustomer,
  anEvent,
  aPlaybook,
  aPurchase,
  aTouch,
  CUSTOMER_ID,
  DAY,
  HOUR,
  NOON,
} from '../support/builders.ts';
import { aSend } from '../support/ledger.ts';

const purchase = aPurchase(1, NOON, 'o-1001');
const because = { type: 'purchase', id: purchase.id, at: NOON };
const playbook = aPlaybook([aTouch({ name: 'good-to-know', phase: 'getting-acquainted' })]);

function told(past: Partial<Past>, language: Language = 'en'): StoryItem[] {
  const whole = { events: [], sends: [], decisions: [], ...past };
  const voice = voiceFor(language, {
    customer: aCustomer([purchase]),
    events: whole.events,
    playbook,
    now: NOON,
  });
  return tell(whole, voice).flatMap(({ items }) => items);
}

function aDecision(changes: readonly Change[], heard: DecisionRecord['heard'] = [because]): DecisionRecord {
  return { customerId: CUSTOMER_ID, seq: 1, at: NOON, phase: 'relationship', playbook: 1, heard, changes };
}

const titleOf = (past: Partial<Past>, language?: Language) => told(past, language)[0]?.title;

describe('tell', () => {
  it.each([
    [{ topic: 'news', how: 'one-click' }, 'Consent withdrawn for news'],
    [{ how: 'page' }, 'Consent withdrawn for all marketing'],
  ])('says what somebody left by %j', (data, said) => {
    const [item] = told({ events: [anEvent({ type: 'unsubscribe', n: 2, data })] });

    expect(item?.notes).toContain(said);
  });

  it.each<[Language, string, string]>([
    ['en', 'By the unsubscribe button of their mail program', 'Their own choice, on the preference page'],
    ['nl', 'Met de afmeldknop van het mailprogramma', 'Eigen keuze, op de voorkeurenpagina'],
  ])('says in %s by which way somebody left, and that a pause is their own', (language, way, own) => {
    const left = anEvent({ type: 'unsubscribe', n: 2, data: { topic: 'news', how: 'one-click' } });
    const paused = anEvent({ type: 'pause', n: 3, data: { until: NOON + DAY, because: 'preferences' } });

    const notes = told({ events: [left, paused] }, language).flatMap((item) => item.notes);

    expect(notes).toEqual(expect.arrayContaining([way, own]));
    expect(notes.join()).not.toMatch(/one-click|preferences/);
  });

  it.each(['constructor', 'toString'])('tells of a type that is called %s as of any other', (type) => {
    const [item] = told({ events: [anEvent({ type, n: 2 })] });

    expect(item).toMatchObject({ title: `The shop reported “${type}”`, icon: 'dot' });
  });

  it.each<[Language, string]>([
    ['en', 'Thank-you sent, because order o-1001 was placed'],
    ['nl', 'Bedankje verstuurd, omdat bestelling o-1001 geplaatst is'],
  ])('says in %s why a mail was sent', (language, sentence) => {
    const send = aSend({ touch: 'thank-you', occasion: 'o-1001', because });

    expect(titleOf({ sends: [send] }, language)).toBe(sentence);
  });

  it('finds the reason in the decision, where a send does not hold it', () => {
    const decisions = [
      aDecision([{ kind: 'planned', touch: 'thank-you', occasion: 'o-1001', due: NOON, because }]),
    ];

    const [mail] = told({ sends: [aSend({ touch: 'thank-you', occasion: 'o-1001' })], decisions });

    expect(mail?.title).toBe('Thank-you sent, because order o-1001 was placed');
  });

  it('names the phase that a touch of entering belongs to', () => {
    const send = aSend({ touch: 'good-to-know', because: { ...because, type: 'entering' } });

    expect(titleOf({ sends: [send] })).toBe('“Good to know” sent, because Getting acquainted began');
  });

  it.each<[SendOutcome | undefined, string, string]>([
    [{ kind: 'skipped', reason: 'holdout' }, 'Thank-you was not sent', 'control group'],
    [{ kind: 'rejected', class: 'hard' }, 'Thank-you came back', 'does not take mail'],
    [{ kind: 'unknown' }, 'Thank-you: we do not know whether it arrived', 'not sent a second time'],
    [{ kind: 'failed', type: 'TypeError' }, 'Thank-you failed', 'TypeError'],
  ])('explains %j', (outcome, title, note) => {
    const [item] = told({ sends: [aSend({ touch: 'thank-you', ...(outcome && { outcome }) })] });

    expect(item?.title).toBe(title);
    expect(item?.notes.join()).toContain(note);
  });

  it('tells of a mail that came back, or was called spam, after it was accepted', () => {
    const bounce = { class: 'hard', status: '5.1.1', at: NOON } as const;
    const [back] = told({ sends: [aSend({ touch: 'thank-you', bounce })] });
    const [spam] = told({ sends: [aSend({ touch: 'thank-you', spamComplaintAt: new Date(NOON) })] });

    expect(back).toMatchObject({ title: 'Thank-you came back', tone: 'bad' });
    expect(back?.notes.join()).toContain('this address does not take mail');
    expect(spam).toMatchObject({ tone: 'bad', notes: ['They called it spam.'] });
  });

  it.each<[string, EventData, string]>([
    ['feedback', { question: 'nps', score: 9 }, 'Would recommend us: 9 out of 10'],
    ['refund', { orderId: 'o-1', items: [] }, 'Order o-1 was refunded'],
    [
      'refund',
      { orderId: 'o-1', items: [{ sku: 's', name: 's', quantity: 1, price: 1 }] },
      'Part of order o-1 was refunded',
    ],
    ['pause', { because: 'holiday', until: NOON + DAY }, 'Marketing was paused until tomorrow 12:00'],
    ['pause', { because: 'holiday' }, 'Marketing was paused'],
    ['move', { to: 'ambassador', because: 'x' }, 'Moved to Ambassador by hand'],
    ['opened-an-egg', {}, 'The shop reported “opened-an-egg”'],
  ])('tells of %s %j', (type, data, title) => {
    expect(titleOf({ events: [anEvent({ type, n: 2, data })] })).toBe(title);
  });

  it('puts what a decision changed with the event that it answers, a new phase first', () => {
    const delivered = anEvent({ type: 'delivered', n: 2, at: NOON + DAY, data: { orderId: 'o-1001' } });
    const arrival = { type: 'delivered', id: delivered.id, at: delivered.at };
    const decision = aDecision(
      [
        { kind: 'planned', touch: 'thank-you', occasion: 'o-1001', due: NOON + HOUR, because },
        { kind: 'planned', touch: 'how-was-it', occasion: 'o-1001', due: NOON + 10 * DAY, because: arrival },
        { kind: 'entered', phase: 'getting-acquainted', because },
      ],
      [because, arrival],
    );

    const [first, second] = told({ events: [delivered, purchase], decisions: [decision] });

    expect(first?.changes.map(({ text }) => text)).toEqual([
      '“How was it?” planned for Thu 11 Jun 12:00, because order o-1001 was delivered',
    ]);
    expect(second?.changes.map(({ text }) => text)).toEqual([
      'On to Getting acquainted, because order o-1001 was placed',
      'Thank-you planned for today 13:00, because order o-1001 was placed',
    ]);
  });

  it.each<[Change, string]>([
    [
      { kind: 'entered', phase: 'relationship', because: { type: 'complaint', id: 'c', at: NOON } },
      'Back to Relationship, because An complained',
    ],
    [
      { kind: 'dropped', touch: 'win-back', occasion: '1', reason: 'phase-left' },
      '“Why you chose us” is off: the phase it belonged to is over',
    ],
    [
      { kind: 'planned', touch: 'birthday', occasion: '2026', because },
      'Birthday wish planned, and waits until marketing may go again',
    ],
    [
      {
        ...{ kind: 'settled', touch: 'nps', occasion: '1', due: NOON },
        outcome: { kind: 'skipped', reason: 'unsupported' },
      },
      '“Would you recommend us?” will not come: it asks for something this version cannot do yet',
    ],
    [
      { kind: 'rests', because: { type: 'lapse', id: 'o-1001', at: NOON } },
      'Our mails went unanswered; we rest until An makes a move',
    ],
  ])('lets time speak for itself: %j', (change, title) => {
    const [item] = told({ decisions: [aDecision([change], [])] });

    expect(item).toMatchObject({ kind: 'decision', title });
  });

  it('says nothing of a decision that changed nothing, or whose mail speaks for itself', () => {
    const outcome = { kind: 'accepted' } as const;
    const settled = aDecision([{ kind: 'settled', touch: 'thank-you', occasion: 'o-1001', outcome }], []);

    expect(told({ decisions: [aDecision([]), settled] })).toEqual([]);
  });
});
