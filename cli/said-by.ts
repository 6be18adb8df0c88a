/** Who does something by a command, as it is kept: a person is only said to use it. */
export function saidBy(name: string | undefined): string {
  return name === undefined ? 'command' : `${name} (command)`;
}
