import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Incoming } from '../../domain/incoming.ts';
import { anApi, aWorld } from '../support/api.ts';
import { mutated } from '../support/mutations.ts';
import { deliver, WEBHOOK_SECRETS } from '../support/payloads.ts';

const settings = {
  secrets: ['a secret of the tests'],
  publicUrl: 'http://127.0.0.1:3000',
  requestsPerTenSeconds: 1_000,
  webhookSecrets: WEBHOOK_SECRETS,
};
const NOW = Date.parse('2026-11-27T12:00:00Z');
const clock = { now: () => NOW, serverTime: () => NOW };

describe('the webhooks of shops', () => {
  it('never fail and never keep half of anything, whatever happens to a sample on its way', async () => {
    const world = aWorld();
    const app = await anApi(world, { settings, clock });
    const statuses = new Map<number, number>();

    const property = fc.asyncProperty(mutated, async ({ shop, topic, body }) => {
      world.received.length = 0;
      const answer = await deliver(app, shop, { topic, body });

      statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
      expect(answer.statusCode).toBeLessThan(500);
      if (answer.statusCode >= 400) expect(world.received).toEqual([]);
      for (const event of world.received.filter(isEvent)) expect(event).toEqual(again(event));
    });

    await fc.assert(property, { numRuns: 300, seed: 20_261_122 });
    expect([...statuses.keys()].sort()).toEqual([202, 400, 422]); // some got through, and some did not
  });
});

function isEvent(received: unknown): received is Incoming {
  return typeof received === 'object' && received !== null && 'at' in received;
}

/** The event as it would be read if it were posted now: what is kept is complete. */
function again(event: Incoming): Incoming {
  return Incoming.parse({ ...event, at: new Date(event.at).toISOString() });
}
