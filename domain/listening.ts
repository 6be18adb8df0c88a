import type { Playbook } from './playbook.ts';

/** What a journey hears whatever the playbook says: it changes facts that criteria rest on, or the course itself. */
const ALWAYS_HEARD = new Set([
  ...['sign-up', 'purchase', 'delivered', 'cancelled', 'refund', 'feedback', 'review', 'referral', 'profile'],
  ...['complaint', 'complaint-resolved', 'start', 'pause', 'resume', 'move', 'end', 'merged', 'erased'],
  ...['consent', 'unsubscribe', 'bounce', 'spam-complaint', 'objection', 'send-again', 'surprise'],
  ...['complaint-answered', 'complaint-reopened', 'membership', 'points'],
]);

/** Whether a journey has anything to consider when an event of this type happens. */
export function isHeard(type: string, playbook: Playbook): boolean {
  if (ALWAYS_HEARD.has(type)) return true;
  const isNamed = playbook.touches.some(({ on, cancelOn }) => on === type || cancelOn.includes(type));
  if (isNamed || earnsPoints(type, playbook)) return true;
  return Object.values(playbook.phases).some(({ fallsBack }) => fallsBack?.on.includes(type));
}

/** Whether the loyalty programme gives points for it: when they expire is something to wait for. */
function earnsPoints(type: string, { loyalty }: Playbook): boolean {
  return Object.values(loyalty?.points?.earn ?? {}).some(({ on }) => on === type);
}
