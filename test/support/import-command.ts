import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Command } from 'commander';
import { importCommand } from '../../cli/commands/import.ts';
import type { Imported } from '../../cli/importing.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { migrate } from '../../data/migrate.ts';
import { playbooks } from '../../data/playbooks.ts';
import { defaultPlaybook } from './default-playbook.ts';
import { mongo } from './servers.ts';

type Ran = { readonly code: number; readonly files: readonly Imported[] };

/** A shop that moves in: a database with the default playbook, and a folder for its files. */
export class MovingIn {
  readonly uri: string;
  readonly folder: string;

  private constructor(uri: string, folder: string) {
    this.uri = uri;
    this.folder = folder;
  }

  static async open(): Promise<MovingIn> {
    const uri = await mongo();
    await connect(uri);
    await migrate();
    await playbooks.publish('of the test', await defaultPlaybook());
    return new MovingIn(uri, await mkdtemp(join(tmpdir(), 'rapport-import-')));
  }

  async close(): Promise<void> {
    await disconnect();
    await rm(this.folder, { recursive: true });
  }

  /** Writes a file into the folder, and gives its path. */
  async file(name: string, content: string | Buffer): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return path;
  }

  /** Runs `rapport import` in this process, from its arguments to its exit code. */
  async run(...args: readonly string[]): Promise<Ran> {
    Object.assign(process.env, this.#env);
    const program = new Command('rapport').option('--json').exitOverride();
    importCommand(program);
    const lines: string[] = [];
    const write = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => lines.push(String(text)) > 0);
    try {
      await program.parseAsync(['--json', 'import', ...args], { from: 'user' });
      return { code: Number(process.exitCode ?? 0), files: JSON.parse(lines.at(-1) ?? '').files };
    } finally {
      write.mockRestore();
      process.exitCode = 0;
      await connect(this.uri); // the command has disconnected
    }
  }

  /** Runs it as a process of its own, and kills it as soon as something holds; false: it was done before. */
  async kill(isTime: () => Promise<boolean>, ...args: readonly string[]): Promise<boolean> {
    const env = { ...process.env, ...this.#env };
    const child = spawn(process.execPath, ['cli/main.ts', 'import', ...args], { env, stdio: 'ignore' });
    const done = new Promise<void>((resolve) => child.on('exit', () => resolve()));
    while (child.exitCode === null && !(await isTime())) await setTimeout(5);
    child.kill('SIGKILL');
    await done;
    return child.signalCode === 'SIGKILL';
  }

  get #env() {
    const { uri, folder } = this;
    return { MONGODB_URI: uri, RAPPORT_HASH_KEY: 'a hash key of the tests', RAPPORT_DIR: folder };
  }
}
