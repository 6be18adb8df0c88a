import type { ApiDeps } from '../../api/deps.ts';
import type { Webhook } from '../../data/webhooks.ts';

/** Subscriptions in memory. */
export function fakeWebhooks(): ApiDeps['webhooks'] {
  const kept = new Map<string, Webhook>();
  return {
    async create(url, events, now) {
      const webhook = { id: `w-${kept.size + 1}`, url, events, createdAt: new Date(now) };
      kept.set(webhook.id, webhook);
      return { ...webhook, secret: 'whsec_first' };
    },
    list: async () => [...kept.values()],
    renew: async (id) => (kept.has(id) ? 'whsec_second' : undefined),
    remove: async (id) => kept.delete(id),
  };
}
