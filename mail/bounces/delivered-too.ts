/** How a notice heads a list of those who got the mail. */
const GOT =
  /success\w* (?:deliver|relay)|deliver\w* success|(?:was|were|been|is) (?:delivered|relayed)|\b(?:delivered|relayed) to\b|received (?:the|your) (?:message|mail)|erfolgreich zugestellt|ont (?:bien )?reçu/i;

const NOT = /\bnot\b|n't|nicht|\bpas\b|fail|undeliver|error|unable|could|cannot|reject|never/i;

/** Leaves out of a notice those who got the mail, where it tells of others who did not. */
export function withoutDelivered(lines: readonly string[]): readonly string[] {
  let isList = false;
  return lines.filter((line) => {
    const isNamed = line.includes('@');
    if (!isNamed && /^\s{0,3}\S/.test(line)) isList = tellsWhoGotIt(line);
    return !(isNamed && (isList || tellsWhoGotIt(line.slice(0, line.indexOf('@')))));
  });
}

function tellsWhoGotIt(line: string): boolean {
  return GOT.test(line.slice(0, 300)) && !NOT.test(line.slice(0, 300));
}
