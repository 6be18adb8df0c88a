import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fetchTo } from '../../servers/download.ts';
import { freePort } from '../../servers/ports.ts';

let server: Server;

async function aHostThat(answers: RequestListener): Promise<string> {
  const port = await freePort();
  server = createServer(answers).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${port}/archive.tgz`;
}

async function fetched(url: string, stalledMs = 300): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'rapport-download-')), 'archive');
  await fetchTo(url, file, () => undefined, stalledMs);
  return readFile(file, 'utf8');
}

describe('fetchTo', () => {
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('lets a slow line take its time', async () => {
    const url = await aHostThat(async (_, response) => {
      for (const part of 'slow!') await sleep(150).then(() => response.write(part));
      response.end();
    });

    expect(await fetched(url, 600)).toBe('slow!');
  });

  it('gives up a host that falls silent', async () => {
    const url = await aHostThat((_, response) => void response.write('a beginning'));

    await expect(fetched(url)).rejects.toThrow(/^127\.0\.0\.1:\d+ fell silent$/);
  });

  it('says what a host answered', async () => {
    const url = await aHostThat((_, response) => void response.writeHead(403).end());

    await expect(fetched(url)).rejects.toThrow(/answered 403$/);
  });

  it('says when a host is out of reach', async () => {
    const url = await aHostThat(() => undefined);
    server.close();

    await expect(fetched(url)).rejects.toThrow(/is out of reach$/);
  });
});
