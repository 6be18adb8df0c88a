import { once } from 'node:events';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/** A way to MongoDB that can be cut or closed at any moment, whatever is under way on it. */
export type Way = {
  /** MongoDB's, by this way. */
  readonly uri: string;
  /** Cuts every connection; answers how many were. */
  cut(): number;
  /** Cuts every connection, and lets nobody through. */
  shut(): void;
  /** Lets connections through again. */
  open(): Promise<void>;
};

/** A way to the MongoDB of a URI. */
export async function aWay(uri: string): Promise<Way> {
  const { hostname, port, pathname } = new URL(uri);
  const sockets = new Set<Socket>();
  const server = createServer((near) => join(near, dial(Number(port), hostname), sockets));
  const at = await listen(server, 0);
  const cut = () => [...sockets].map((socket) => socket.destroy()).length;
  const shut = () => {
    server.close();
    cut();
  };
  const open = async () => void (await listen(server, at));
  return { uri: `mongodb://127.0.0.1:${at}${pathname}?directConnection=true`, cut, shut, open };
}

function join(near: Socket, far: Socket, open: Set<Socket>): void {
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    open.add(one);
    one.on('error', () => {});
    one.on('close', () => {
      open.delete(one);
      other.destroy();
    });
    one.pipe(other);
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
