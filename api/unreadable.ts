import type { Socket } from 'node:net';
import { Problem } from './problem.ts';

type ConnectionError = Error & { readonly code: string };

/** Answers bytes that are no HTTP request, or one that never came to its end, as every other refusal; then hangs up. */
export function answerUnreadable({ code }: ConnectionError, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { statusCode, body } = problemOf(code);
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${statusCode} ${body.title}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`, () => socket.destroy());
}

function problemOf(code: string): Problem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem(408, 'the request did not come to its end in time');
    case 'HPE_HEADER_OVERFLOW':
      return new Problem(431, 'the header fields are larger than 16 KiB');
    default:
      return new Problem(400, 'this is not a valid HTTP request');
  }
}
