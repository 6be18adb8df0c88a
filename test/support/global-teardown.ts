import { rm } from 'node:fs/promises';
import type { Running } from '../../servers/processes.ts';

type Kept = { readonly dir: string; readonly servers: readonly Running[] };

declare global {
  /** Jest loads setup and teardown apart: the global object is what they share. */
  var rapportTestServers: Kept | undefined;
}

export function keepForTeardown(kept: Kept): void {
  globalThis.rapportTestServers = kept;
}

/** Ends what the setup started; nobody needs its data. */
export default async function tearDown(): Promise<void> {
  const kept = globalThis.rapportTestServers;
  if (!kept) return;
  await Promise.all(kept.servers.map((server) => server.kill()));
  await rm(kept.dir, { recursive: true, force: true });
}
