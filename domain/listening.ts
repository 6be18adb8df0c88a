import type { Playbook } from './playbook.ts';

/** What a journey hears whatever the playbook says: it changes facts that criteria rest on, or the course itself. */
const ALWAYS_HEARD = new Set([
  ...['sign-up', 'purchase', 'delivered', 'cancelled', 'refund', 'feedback', 'review', 'referral', 'profile'],
  ...['complaint', 'complaint-resolved', 'start', 'pause', 'resume', 'move', 'end', 'merged', 'erased'],
  ...['consent', 'unsubscribe', 'bounce', 'spam-complaint', 'objection', 'send-again'],
  ...['complaint-answered', 'complaint-reopened'],
]);

/** Whether a journey has anything to consider when an event of this type happens. */
export function isHeard(type: string, playbook: Playbook): boolean {
  if (ALWAYS_HEARD.has(type)) return true;
  const isNamed = playbook.touches.some(({ on, cancelOn }) => on === type || cancelOn.includes(type));
  return isNamed || Object.values(playbook.phases).some(({ fallsBack }) => fallsBack?.on.includes(type));
}
