import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CustomerModel } from '../../data/customer-document.ts';
import { EventModel } from '../../data/event-document.ts';
import { aPlaybook } from '../support/builders.ts';
import { Rapport } from '../support/rapport.ts';

const TWO_MB = Buffer.from(`"${'a'.repeat(2_000_000)}"`);
const DAY = 86_400_000;

let rapport: Rapport;
beforeAll(async () => {
  rapport = await Rapport.api({ smtpUrl: 'smtp://127.0.0.1:9', playbook: aPlaybook([]) });
}, 60_000);
afterAll(() => rapport?.stop());

type Answered = { readonly status: number; readonly type: string; readonly body: string };

/** Sends bytes as they are, and reads what comes back until the server hangs up. */
function exchange(...bytes: readonly (string | Buffer)[]): Promise<Answered> {
  return new Promise((resolve) => {
    const socket = connect(Number(rapport.env.PORT), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => {}); // it hung up before it had heard us out
    socket.on('close', () => resolve(answered(answer)));
    socket.write(Buffer.concat(bytes.map((part) => Buffer.from(part))));
  });
}

function answered(answer: string): Answered {
  const [, status = '0'] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? [];
  const [, type = ''] = /^content-type: (.*)\r$/im.exec(answer) ?? [];
  return { status: Number(status), type, body: answer.slice(answer.indexOf('\r\n\r\n') + 4) };
}

function head(fields: readonly string[], authorization = rapport.headers.authorization): string {
  const always = ['host: shop', `authorization: ${authorization}`, 'connection: close'];
  return `POST /v1/events HTTP/1.1\r\n${[...always, ...fields].join('\r\n')}\r\n\r\n`;
}

/** Posts a body as it is. */
function post(body: string | Buffer, ...fields: readonly string[]): Promise<Answered> {
  const sized = `content-length: ${Buffer.byteLength(body)}`;
  return exchange(head([sized, 'content-type: application/json', ...fields]), body);
}

async function expectRefused(sent: Promise<Answered>, status: number, words: RegExp): Promise<void> {
  const answer = await sent;

  expect(answer).toMatchObject({ status, type: 'application/problem+json; charset=utf-8' });
  const { detail } = JSON.parse(answer.body);
  expect(detail).toMatch(words);
  expect(detail).toMatch(/^[^\n]{10,200}$/);
  expect([await CustomerModel.countDocuments(), await EventModel.countDocuments()]).toEqual([0, 0]);
}

function anEvent(event: object = {}, customer: object = {}): object {
  const at = new Date().toISOString();
  const told = { id: 'c-1', email: 'an@example.com', ...customer };
  return { id: 'e-1', source: 'shop', type: 'party', at, customer: told, data: {}, ...event };
}

describe('what is no event', () => {
  it.each([
    ['an unknown field', () => anEvent({ colour: 'red' }), /colour/],
    ['a wrong type', () => anEvent({ id: 17 }), /^\/1\/id: expected string/],
    ['a future date', () => anEvent({ at: new Date(Date.now() + DAY) }), /in the future/],
    ['an absurd date', () => anEvent({ at: '0001-01-01T00:00:00Z' }), /before 1990/],
    ['an unknown time zone', () => anEvent({}, { timeZone: 'Europe/Atlantis' }), /not a time zone/],
    ['$where', () => anEvent({ data: { $where: 'sleep(1e9)' } }), /\$where/],
  ])('is refused for %s, though all beside it is good', async (_what, event, words) => {
    await expectRefused(post(JSON.stringify([anEvent({ id: 'good' }), event()])), 422, words);
  });

  it('is refused for __proto__, wherever it stands', async () => {
    const text = JSON.stringify(anEvent({ data: { deep: [{ PROTO: { admin: true } }] } }));

    await expectRefused(post(text.replace('PROTO', '__proto__')), 422, /__proto__/);
  });

  it('is refused for bytes that are not UTF-8', async () => {
    const broken = [Buffer.from('{"id":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')];

    await expectRefused(post(Buffer.concat(broken)), 400, /UTF-8/);
  });

  it('is refused where it is compressed', async () => {
    const body = gzipSync(JSON.stringify(anEvent()));

    await expectRefused(post(body, 'content-encoding: gzip'), 415, /without Content-Encoding/);
  });
});

describe('a body of 2 MB', () => {
  it('is refused before it is read', async () => {
    await expectRefused(post(TWO_MB), 413, /larger than 1 MiB/);
  });

  it('is refused when it comes in pieces, without a word of its length', async () => {
    const chunk = [`${TWO_MB.length.toString(16)}\r\n`, TWO_MB, '\r\n0\r\n\r\n'];
    const fields = ['transfer-encoding: chunked', 'content-type: application/json'];

    await expectRefused(exchange(head(fields), ...chunk), 413, /larger than 1 MiB/);
  });

  it('is not even looked at without a key', async () => {
    const fields = [`content-length: ${TWO_MB.length}`, 'content-type: application/json'];

    await expectRefused(exchange(head(fields, 'Bearer guess'), TWO_MB), 401, /key/);
  });
});

describe('what is no HTTP', () => {
  it.each([
    ['a greeting in TLS', () => Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]), 400],
    ['two lengths', () => head(['content-length: 3', 'transfer-encoding: chunked']), 400],
    ['a chunk without a size', () => `${head(['transfer-encoding: chunked'])}zz\r\n`, 400],
    ['a header without end', () => head([`x: ${'a'.repeat(70_000)}`]), 431],
  ])('is refused: %s', async (_what, bytes, status) => {
    await expectRefused(exchange(bytes()), status, /./);
  });
});
