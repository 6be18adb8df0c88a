/** A tag as it is written in a template, or its beginning where it has no end. */
export type Tag = {
  /** In small letters. */
  readonly name: string;
  /** What stands between its name and its end; absent: it has none. */
  readonly rest: string | undefined;
  readonly attributes: readonly Attribute[];
  /** Where it begins. */
  readonly at: number;
};

export type Attribute = {
  /** In small letters. */
  readonly name: string;
  readonly value: string;
  /** Where its value stands, from where the tag's attributes begin. */
  readonly at: number;
};

const TAG = /<([a-z][\w:-]*)(?:((?:"[^"]*"|'[^']*'|[^>"'])*)>)?/gi;
/** Names end at a value too: `<a {{#if order}}href="…"{{/if}}>`. */
const ATTRIBUTE = /([^\s"'>/={}]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** The tags of a template, in comments too: some mail programs read those. */
export function tagsIn(text: string): readonly Tag[] {
  return [...text.matchAll(TAG)].map(({ 1: name = '', 2: rest, index }) => ({
    ...{ name: name.toLowerCase(), rest, attributes: attributesIn(rest ?? ''), at: index },
  }));
}

function attributesIn(rest: string): readonly Attribute[] {
  return [...rest.matchAll(ATTRIBUTE)].map(
    ({ 0: whole, 1: name = '', 2: double, 3: single, 4: bare, index }) => {
      const value = double ?? single ?? bare ?? '';
      return { name: name.toLowerCase(), value, at: index + Math.max(whole.lastIndexOf(value), 0) };
    },
  );
}
