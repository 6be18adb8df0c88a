import type { FastifyInstance, FastifyRequest } from 'fastify';
import { pointerTo } from '../domain/strict.ts';
import { type FieldError, Problem, unprocessable } from './problem.ts';

/** Most nesting of objects and lists; what shops send has five levels, and MongoDB stores a hundred. */
const MAX_DEPTH = 20;

/** Keys that pollute prototypes or are operators in a query; nobody's data needs them. */
const FORBIDDEN_KEY = /^(__proto__|constructor|prototype|\$.*)$/;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Makes the server read JSON strictly: what is not UTF-8 is refused, where Fastify's own parser would replace it. */
export function useStrictJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      refuseEncoded(request.headers['content-encoding']);
      return parseStrictly(body);
    },
  );
}

/** Makes a part of the server read a playbook's YAML too, as `{ source }`: the text is checked where it is used. */
export function useYaml(app: FastifyInstance): void {
  app.addContentTypeParser(
    ['application/yaml', 'text/yaml', 'application/x-yaml'],
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      refuseEncoded(request.headers['content-encoding']);
      const source = decode(body);
      const error = faultOfText(source, []);
      if (error) throw unprocessable([error]);
      return { source };
    },
  );
}

/** @throws Problem 415 for a compressed body: as text it would make no sense */
function refuseEncoded(encoding = 'identity'): void {
  if (encoding !== 'identity') throw new Problem(415, 'send the body as it is, without Content-Encoding');
}

/**
 * Parses a body, and refuses what could not be stored as it was sent.
 *
 * @param revive as of `JSON.parse`
 * @throws Problem 400 for what is not JSON in UTF-8, 422 for forbidden keys and text
 */
export function parseStrictly(
  body: Buffer,
  revive?: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
): unknown {
  const value = parse(decode(body), revive);
  const error = firstFault(value, []);
  if (error) throw unprocessable([error]);
  return value;
}

function decode(body: Buffer): string {
  if (body.length === 0) throw new Problem(400, 'the body is empty; send JSON');
  try {
    return utf8.decode(body);
  } catch {
    throw new Problem(400, 'the body is not valid UTF-8');
  }
}

function parse(text: string, revive: Parameters<typeof parseStrictly>[1]): unknown {
  try {
    return JSON.parse(text, revive);
  } catch {
    throw new Problem(400, 'the body is not valid JSON');
  }
}

function firstFault(value: unknown, path: readonly PropertyKey[]): FieldError | undefined {
  if (typeof value === 'string') return faultOfText(value, path);
  if (typeof value !== 'object' || value === null) return undefined;
  if (path.length === MAX_DEPTH) {
    return { pointer: pointerTo(path), message: `is nested deeper than ${MAX_DEPTH} levels` };
  }
  const isList = Array.isArray(value);
  for (const [key, inner] of Object.entries(value)) {
    const here = [...path, key];
    const fault = (isList ? undefined : faultOfKey(key, here)) ?? firstFault(inner, here);
    if (fault) return fault;
  }
  return undefined;
}

function faultOfKey(key: string, path: readonly PropertyKey[]): FieldError | undefined {
  const pointer = pointerTo(path);
  if (FORBIDDEN_KEY.test(key)) {
    return { pointer, message: 'is a name that no field may have' };
  }
  return faultOfText(key, path);
}

/** MongoDB refuses a NUL in a key, and half a surrogate pair would be replaced on the way to it. */
function faultOfText(text: string, path: readonly PropertyKey[]): FieldError | undefined {
  if (text.includes('\0')) return { pointer: pointerTo(path), message: 'holds the character U+0000' };
  if (!text.isWellFormed()) return { pointer: pointerTo(path), message: 'holds half a surrogate pair' };
  return undefined;
}
