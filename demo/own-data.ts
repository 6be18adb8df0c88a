import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../config.ts';

/** Makes the first folder `demo-<n>` in `parent` that is not there yet: no play finds another's data. */
export async function newFolder(parent: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const path = join(parent, `demo-${n}`);
    const made = await mkdir(path, { recursive: true }); // undefined: it was there
    if (made) return path;
  }
}

/** Deletes the data of a play that went well: nothing ever continues them. After a failure they tell why. */
export async function deleteFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

/**
 * The environment of a play: a MongoDB that it names is used with a database of its own, and no mail ever leaves
 * for a real SMTP server.
 *
 * @param name of the database
 */
export function ownEnvironment(env: Environment, name: string): Environment {
  const { SMTP_URL, MONGODB_URI: uri, ...rest } = env;
  return uri?.trim() ? { ...rest, MONGODB_URI: withDatabase(uri.trim(), name) } : rest;
}

/** The URI with another database; whoever has a password in it still proves it where it did before. */
function withDatabase(uri: string, name: string): string {
  const [, server = uri, before = '', query = ''] = /^([^/]+:\/\/[^/?]+)\/?([^?]*)\??(.*)$/.exec(uri) ?? [];
  const provesAt =
    server.includes('@') && !query.includes('authSource=') && `authSource=${before || 'admin'}`;
  const options = [query, provesAt].filter(Boolean).join('&');
  return `${server}/${name}${options && `?${options}`}`;
}
