import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Posted } from '../../demo/script.ts';
import { createShop, NotTaken } from '../../demo/shop.ts';

const event: Posted = {
  id: 'o-1',
  source: 'shop',
  type: 'purchase',
  at: '1997-01-01T10:00:00Z',
  customer: { id: 'c-1' },
};

let server: Server | undefined;

afterEach(async () => {
  await new Promise((resolve) => server?.close(resolve));
});

/** An API that answers with these statuses, one after another, the last again and again. */
async function anApi(...statuses: readonly number[]): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const answer: RequestListener = async (request, response) => {
    const chunks = await request.toArray();
    seen.push(`${request.headers.authorization} ${Buffer.concat(chunks)}`);
    const status = statuses[Math.min(seen.length, statuses.length) - 1] ?? 500;
    response.writeHead(status, { 'retry-after': '0', connection: 'close' });
    response.end(JSON.stringify({ receipts: [{ customerId: 'A' }] }));
  };
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address?.port}`, seen };
}

describe('createShop', () => {
  it('posts a list with its key, and tells whose events they were', async () => {
    const { url, seen } = await anApi(202);

    const customerIds = await createShop(url, 'rk_1')([event]);

    expect(customerIds).toEqual(['A']);
    expect(seen).toEqual([`Bearer rk_1 ${JSON.stringify([event])}`]);
  });

  it('posts the same again when the API is away or asks for patience', async () => {
    const { url, seen } = await anApi(503, 429, 202);

    await createShop(url, 'rk_1')([event]);

    expect(seen).toHaveLength(3);
    expect(new Set(seen).size).toBe(1);
  });

  it('fails with the words of a refusal', async () => {
    const { url } = await anApi(422);

    await expect(createShop(url, 'rk_1')([event])).rejects.toThrow(NotTaken);
  });
});
