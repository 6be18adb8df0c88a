const WIDTH = 20;

/** Work that is over sooner shows no bar. */
const PATIENCE_MS = 2_000;

/** How often the bar is painted. */
const PAINT_MS = 100;

/** Where the bar is painted. */
type Screen = { write(text: string): unknown; readonly isTTY?: boolean };

/**
 * A bar on stderr that shows how far a long work is, from its third second on; where nobody sees it being painted, a
 * line at the end of each tenth.
 *
 * @param total how many there are to do
 */
export function progressBar(
  what: string,
  total: number,
  screen: Screen = process.stderr,
  now = performance.now,
) {
  const begun = now.call(performance);
  let painted = 0;
  let tenths = 0;
  return {
    /** Tells how many are done. */
    tell(done: number): void {
      const at = now.call(performance);
      if (at - begun < PATIENCE_MS || at - painted < PAINT_MS) return;
      const line = `${what} ${barAt(done / total)} ${done}/${total}`;
      const tenth = Math.floor((10 * done) / total);
      if (screen.isTTY) screen.write(`\r\x1b[2K${line}`);
      else if (tenth > tenths) screen.write(`${line}\n`);
      [painted, tenths] = [at, tenth];
    },
    /** Takes the bar away. */
    end(): void {
      if (painted > 0 && screen.isTTY) screen.write('\r\x1b[2K');
    },
  };
}

function barAt(share: number): string {
  const done = Math.round(WIDTH * Math.min(1, share));
  return '█'.repeat(done) + '░'.repeat(WIDTH - done);
}
