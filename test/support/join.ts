import type { FastifyInstance } from 'fastify';
import { aPlaybook, aTouch } from './builders.ts';

/** A shop with something to join for, in two topics. */
export function aJoinablePlaybook() {
  const topics = [aTouch({ name: 'welcome', topic: 'news' }), aTouch({ name: 'care', topic: 'tips' })];
  const playbook = aPlaybook([...topics, aTouch({ name: 'thank-you', topic: 'orders', kind: 'service' })]);
  return { ...playbook, shop: { ...playbook.shop, url: 'https://shop.example' } };
}

type Filled = Readonly<Record<string, string | readonly string[]>>;

/** What a person fills in. */
export const FILLED = { name: 'An', email: 'an@example.com', topic: ['news'], met: 'word-of-mouth' } as const;

/** Posts a form, as a browser does. */
export function postForm(app: FastifyInstance, url: string, filled: Filled, headers: Filled = {}) {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(filled)) {
    for (const value of [values].flat()) body.append(name, value);
  }
  return app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: body.toString(),
  });
}
