import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** Says one line after the other to a mail server, each after the answer to the last; answers all that was answered. */
export async function say(port: number, lines: readonly string[]): Promise<readonly string[]> {
  const heard: string[] = [];
  const queue = [...lines];
  const socket = connect(port, '127.0.0.1');
  for await (const line of createInterface(socket)) {
    heard.push(line);
    if (line[3] !== '-') socket.write(`${queue.shift() ?? 'QUIT'}\r\n`);
  }
  return heard;
}
