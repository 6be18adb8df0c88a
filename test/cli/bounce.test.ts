import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const SAMPLES = 'test/fixtures/bounces';

describe('rapport bounce', () => {
  it('prints one line per file, in order, and goes on after a file that cannot be read', async () => {
    const files = [
      `${SAMPLES}/qmail/quota-with-5.1.1.eml`,
      'no-such-file.eml',
      `${SAMPLES}/none/ordinary.eml`,
    ];

    const { code, stdout, stderr } = await bounce(files);

    expect(stdout.trimEnd().split('\n').map(parsed)).toEqual([
      {
        file: files[0],
        reports: [
          {
            recipient: 'an@example.net',
            kind: 'bounce',
            class: 'soft',
            status: '5.1.1',
            diagnostic: 'User over quota. (#5.1.1)',
          },
        ],
      },
      { file: files[2], reports: [] },
    ]);
    expect(stderr).toContain('no-such-file.eml');
    expect(code).toBe(1);
  });
});

function parsed(line: string): unknown {
  return JSON.parse(line);
}

/** Runs the command in a folder of its own, with nothing in its environment but the way to node. */
async function bounce(files: readonly string[]) {
  const dir = await mkdtemp(join(tmpdir(), 'rapport-bounce-'));
  const env = { PATH: process.env.PATH ?? '', RAPPORT_DIR: dir };
  const done = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, ['cli/main.ts', 'bounce', ...files], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
  await rm(dir, { recursive: true, force: true });
  return done;
}
