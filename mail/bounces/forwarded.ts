const ADDRESS = '[^\\s<>()"\':;,@]{1,100}@[^\\s<>()"\':;,@]{1,100}';

/** `bo@example.org (generated from an@example.net)`, `(ultimately generated from …)`: Exim. */
const FORWARDED = new RegExp(
  `(?<![^\\s<])(${ADDRESS})>?:?\\s{0,20}\\((?:ultimately )?generated from <?(${ADDRESS})>?\\)`,
  'gi',
);

/** A notice in the names of those we wrote to, where it names those to whom their mail is forwarded. */
export function withoutForwards(notice: string): string {
  return notice.replace(FORWARDED, (_all, _to: string, wroteTo: string) => wroteTo);
}

/** Whom we wrote to, by whom their mail is forwarded to, all lower case. */
export function forwardsIn(notice: string): ReadonlyMap<string, string> {
  const found = [...notice.matchAll(FORWARDED)];
  return new Map(found.map(([, to = '', wroteTo = '']) => [to.toLowerCase(), wroteTo.toLowerCase()]));
}
