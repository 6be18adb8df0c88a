/** Thrown when a file that a command reads cannot be used; its one line says where, why, and how to mend it. */
export class BadFile extends Error {
  override readonly name = 'BadFile';

  constructor(file: string, line: number, problem: string) {
    super(`${file}, line ${line}: ${problem}`);
  }
}
