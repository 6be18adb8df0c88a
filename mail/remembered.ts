/** How much is remembered, at most: then all of it is forgotten. More would outlive its use, and cost collecting. */
const MOST = 256;

/**
 * Remembers what was answered lately: a mail says most things twice, in text and in html, and one mail is much like the
 * next.
 */
export function remembered<Value extends number | string>(answer: (value: Value) => string): typeof answer {
  const lately = new Map<Value, string>();
  return (value) => {
    const found = lately.get(value);
    if (found !== undefined) return found;
    if (lately.size >= MOST) lately.clear();
    const made = answer(value);
    lately.set(value, made);
    return made;
  };
}
