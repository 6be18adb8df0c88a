import type { Playbook } from '../../domain/playbook.ts';
import { aLadder, aPlaybook, aTouch } from './builders.ts';

const NINE = { after: { days: 1 }, at: '09:00' };

/** A playbook with everything in it that the rules know: caps, quiet hours, all kinds of causes, delays, and ends. */
export function aBusyPlaybook(timeZone: string): Playbook {
  const playbook = aPlaybook(
    [
      aTouch({ name: 'thank-you', after: { hours: 1 }, kind: 'service', cancelOn: ['cancelled'] }),
      aTouch({ name: 'how-was-it', on: 'delivered', after: { days: 10 }, at: '19:00', cancelOn: ['refund'] }),
      aTouch({ name: 'late-night', on: 'feedback', at: '23:30', expires: { days: 3 }, priority: 20 }),
      aTouch({ name: 'birthday', on: 'birthday', at: '09:00', expires: { days: 2 }, priority: 80 }),
      aTouch({ name: 'anniversary', on: 'anniversary', at: '10:00' }),
      aTouch({ name: 'every-season', on: 'every', every: { days: 90 }, at: '12:00', priority: 10 }),
      aTouch({
        name: 'win-back',
        on: 'lapse',
        after: { days: 2 },
        expires: { days: 30 },
        cancelOn: ['purchase'],
      }),
      aTouch({ name: 'good-again', on: 'comeback', after: { hours: 5 }, share: 0.9 }),
      aTouch({ name: 'tier-reached', on: 'tier', ...NINE, expires: { days: 20 } }),
      aTouch({ name: 'sorry', on: 'complaint', kind: 'service' }),
      aTouch({ name: 'asked', on: 'purchase', after: { days: 3 }, asks: 'product-score' }),
      aTouch({ name: 'card', on: 'anniversary', by: 'team' }),
      aTouch({ name: 'nps', on: 'every', every: { days: 50 }, at: '19:00', asks: 'nps' }),
      aTouch({
        name: 'look-back',
        after: { days: 9 },
        oncePer: { days: 30 },
        cancelOn: ['purchase', 'refund'],
      }),
      aTouch({
        name: 'welcome',
        on: 'entering',
        phase: 'first-contact',
        after: { minutes: 10 },
        priority: 70,
      }),
      aTouch({
        name: 'good-to-know',
        on: 'entering',
        phase: 'getting-acquainted',
        ...NINE,
        cancelOn: ['visit'],
      }),
      aTouch({ name: 'monthly', on: 'every', every: { months: 1 }, phase: 'relationship', priority: 30 }),
      aTouch({ name: 'old-friends', on: 'entering', phase: 'relationship', again: true, ...NINE }),
      aTouch({
        name: 'invitation',
        on: 'entering',
        phase: 'ambassador',
        ...NINE,
        when: { 'orders.days': { $gte: 2 } },
      }),
    ],
    {
      contact: {
        quiet: { from: '20:30', to: '08:30' },
        caps: [
          { max: 1, days: 2 },
          { max: 3, days: 14 },
        ],
      },
      lapseAfter: { days: 120 },
      loyalty: aLadder({ silver: 2, gold: 4 }, { grace: { days: 20 } }),
    },
  );
  const { phases, shop } = playbook;
  const rarely = {
    to: 'relationship',
    after: { days: 60 },
    when: { 'feedback.product': { $gte: 8 } },
  } as const;
  const movesOn = [...phases['getting-acquainted'].movesOn, rarely];
  return {
    ...playbook,
    shop: { ...shop, timeZone },
    phases: { ...phases, 'getting-acquainted': { movesOn } },
  };
}

/** The next version: a delay is longer, another shorter, a touch is gone, one is new. */
export function anEditedPlaybook(playbook: Playbook): Playbook {
  const touches = playbook.touches.flatMap((touch) => {
    if (touch.name === 'good-to-know') return [{ ...touch, after: { days: 9 }, expires: { days: 5 } }];
    if (touch.name === 'how-was-it') return [{ ...touch, after: { days: 2 }, priority: 90 }];
    return touch.name === 'late-night' ? [] : [touch];
  });
  const fresh = aTouch({ name: 'fresh', on: 'purchase', after: { weeks: 1 } });
  return { ...playbook, version: playbook.version + 1, touches: [...touches, fresh] };
}
