import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** By platform, what opens a file as a double click does. */
const OPENERS: Readonly<Record<string, string>> = { darwin: 'open', win32: 'explorer' };

/** Shows html in the browser of who works here. @throws when there is nothing to open it with */
export async function openInBrowser(name: string, html: string): Promise<void> {
  const file = join(await mkdtemp(join(tmpdir(), 'rapport-')), `${name}.html`);
  await writeFile(file, html);
  const opener = OPENERS[process.platform] ?? 'xdg-open';
  const child = spawn(opener, [file], { stdio: 'ignore', detached: true });
  child.unref();
  await once(child, 'spawn').catch(() => {
    throw new Error(`${opener} is not there; the mail is in ${file}`);
  });
}
