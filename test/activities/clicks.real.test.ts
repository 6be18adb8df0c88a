import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { disconnect } from '../../data/connect.ts';
import { sends } from '../../data/sends.ts';
import { readClickToken } from '../../mail/click-links.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { GatedServer } from '../support/gated-server.ts';
import { aSender, aTaskFor } from '../support/sending.ts';
import { aDatabase, anEvent, aReceive, somebody } from '../support/shop.ts';

const NOON = Date.UTC(2026, 5, 1, 10);
const { shop, ...rest } = aPlaybook([
  aTouch({ name: 'welcome', on: 'entering', measure: 'clicks' }),
  aTouch({ name: 'reasons', on: 'entering' }),
]);
const PLAYBOOK = { ...rest, shop: { ...shop, url: 'https://shop.example' } };

let server: GatedServer;
let sender: ReturnType<typeof aSender>;
const { receive } = aReceive({ now: NOON });

beforeAll(aDatabase, 60_000);
afterAll(disconnect);
beforeEach(async () => {
  server = await new GatedServer().listen();
  sender = aSender(server.url, PLAYBOOK);
});
afterEach(async () => {
  await sender.close();
  await server.close();
});

/** Sends a touch to somebody who agreed to these topics; gives where its links lead, and how it was kept. */
async function linksOf(touch: string, topics: readonly string[]) {
  const consent = topics.map((topic) => ({ topic, basis: 'consent' as const }));
  const signUp = anEvent(somebody(), { type: 'sign-up', at: NOON, consent });
  const customerId = (await receive([signUp], 'api'))[0]?.customerId ?? '';
  expect(await sender.sendTouch(aTaskFor(customerId, touch, NOON))).toEqual({ kind: 'accepted' });

  const { text = '' } = await PostalMime.parse(server.messages.at(-1) ?? '');
  const links = [...text.matchAll(/<(https:[^>]+)>/g)].map(([, url = '']) => new URL(url));
  const send = await sends.byKey(`${customerId}/${touch}/1`);
  return { customerId, links, paths: links.map(({ pathname }) => pathname), measured: send?.mail?.measured };
}

describe('sendTouch', () => {
  it('counts the links of a measured touch for who agreed to it', async () => {
    const { customerId, links, paths, measured } = await linksOf('welcome', ['news', 'clicks']);

    expect(paths).toEqual(['/c', '/unsubscribe', '/preferences', '/why', '/complain']);
    expect(readClickToken(['secret'], links[0]?.searchParams.get('t') ?? '')).toMatchObject({
      ...{ customerId, index: 0, url: 'https://shop.example' },
    });
    expect(measured).toBe(true);
  });

  it.each([
    ['for who did not agree', 'welcome', ['news']],
    ['of a touch that is not measured', 'reasons', ['news', 'clicks']],
  ])('leaves them plain %s', async (_, touch, topics) => {
    const { paths, measured } = await linksOf(touch, topics);

    expect(paths).not.toContain('/c');
    expect(measured).toBeUndefined();
  });
});
