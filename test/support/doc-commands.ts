import { readFile } from 'node:fs/promises';

/** A block of shell commands in a page of the documentation, to be run as it stands. */
export type Commands = {
  /** Of its first command, from 1. */
  readonly line: number;
  readonly script: string;
};

/** The blocks marked `sh` of a page, in their order; what cannot be run where there is no such server is `console`. */
export async function commandsIn(page: string): Promise<readonly Commands[]> {
  const text = await readFile(page, 'utf8');
  return [...text.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].map((found) => {
    const [, indent = '', block = ''] = found;
    const line = text.slice(0, found.index).split('\n').length + 1;
    return { line, script: block.replaceAll(new RegExp(`^${indent}`, 'gm'), '') };
  });
}
