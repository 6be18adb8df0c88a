import { z } from 'zod';
import { Name } from '../domain/playbook-terms.ts';
import { strangersIn } from '../domain/publishing.ts';
import { strict } from '../domain/strict.ts';
import type { Mistake, Soundness, SoundPlaybook } from '../mail/sound-playbook.ts';
import { type FieldError, Problem, unprocessable } from './problem.ts';

const Names = z.array(Name).max(100);
const IfVersion = z.coerce.number().int().min(0).describe('the version in force when it was previewed');

const OPTIONS = {
  addEntering: Names.default([]).describe('new touches of entering that those who entered already get too'),
  ifVersion: IfVersion.exactOptional(),
};

/** A playbook's text, with how it is to be published. */
export const PlaybookText = strict({ source: z.string().describe('the YAML'), ...OPTIONS });

/** How an older version is to be published again; a body may be left out. */
export const PublishAgain = strict(OPTIONS).nullish();

/** The same where the body is the YAML itself. */
export const PublishQuery = strict({
  addEntering: z.union([Name.transform((name) => [name]), Names]).default([]),
  ifVersion: IfVersion.optional(),
});

export const IfMatch = z.object({
  'if-match': z.string().optional().describe('the same as `ifVersion`, as `"7"`'),
  accept: z
    .string()
    .optional()
    .describe('`application/x-ndjson`: a line of JSON a page, the last is the preview'),
});

type Options = { readonly addEntering: readonly string[]; readonly ifVersion?: number | undefined };

type Asked = {
  readonly body: Options | null | undefined;
  readonly query?: Options;
  readonly headers: { readonly 'if-match'?: string | undefined };
};

/** How a version is asked to come about, wherever in the request it stands. */
export function howAsked({ body, query, headers }: Asked) {
  const ifVersion = body?.ifVersion ?? query?.ifVersion ?? matched(headers['if-match']);
  return {
    addEntering: [...(body?.addEntering ?? []), ...(query?.addEntering ?? [])],
    ...(ifVersion !== undefined && { ifVersion }),
  };
}

/** @throws Problem 400 when it is not the number of a version */
function matched(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const [, version] = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim()) ?? [];
  if (version === undefined) throw new Problem(400, 'If-Match names a version of the playbook, such as "7"');
  return Number(version);
}

/** @throws Problem 422 with all that is wrong with it */
export function soundOrRefused(found: Soundness, addEntering: readonly string[]): SoundPlaybook {
  if (found.kind === 'refused') throw unprocessable(found.errors.map(faultOf));

  const message = 'is no touch "on: entering" of this playbook';
  const strangers = strangersIn(found.sound.playbook, addEntering);
  if (strangers.length > 0) {
    throw unprocessable(
      strangers.map((name) => ({ pointer: '/addEntering', message: `${name} ${message}` })),
    );
  }
  return found.sound;
}

function faultOf({ template, line, path, message, hint }: Mistake): FieldError {
  const place = [template, `line ${line}`, path].filter(Boolean).join(', ');
  return { pointer: '/source', message: `${place}: ${message}`, ...(hint && { hint }) };
}
