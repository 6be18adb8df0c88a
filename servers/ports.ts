import { createServer } from 'node:net';

/** Whether nobody listens on this port of 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await bind(port);
    return true;
  } catch {
    return false;
  }
}

/** The preferred port if it is free, otherwise any free one. */
export async function freePort(preferred = 0): Promise<number> {
  return bind(preferred).catch(() => bind(0));
}

/**
 * Starts something on a port that is free: on the preferred one, or on another where somebody is quicker than we.
 *
 * @throws what `start` throws, unless the port turns out to be taken
 */
export async function onFreePort<T>(preferred: number | undefined, start: (port: number) => Promise<T>) {
  for (let port = await freePort(preferred); ; port = await freePort()) {
    try {
      return { port, started: await start(port) };
    } catch (error) {
      if (await isFree(port)) throw error;
    }
  }
}

function bind(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : port));
    });
  });
}
