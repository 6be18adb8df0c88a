/** Places to remember in, a power of two: a mail has some dozens of values. What needs a place that is taken gets it. */
const SLOTS = 512;

/**
 * Remembers what was answered lately: a mail says most things twice, in text and in html, and one mail is much like the
 * next. A value is found at a place that is reckoned from it, so that nothing grows, and nothing has to be collected.
 */
export function remembered<Value extends number | string>(answer: (value: Value) => string): typeof answer {
  const values = new Array<Value | undefined>(SLOTS).fill(undefined);
  const answers = new Array<string>(SLOTS).fill('');
  return (value) => {
    const slot = typeof value === 'string' ? slotOfText(value) : slotOfNumber(value);
    if (values[slot] === value) return answers[slot] ?? '';
    const made = answer(value);
    values[slot] = value;
    answers[slot] = made;
    return made;
  };
}

/** Reckoned from a few of its characters: cheaper than a hash of all of them, of a text that was never hashed. */
function slotOfText(text: string): number {
  const { length } = text;
  if (length === 0) return 0;
  const ends = text.charCodeAt(0) * 11 + text.charCodeAt(length - 1) * 3;
  return (length * 37 + ends + text.charCodeAt(length >> 1) * 5) & (SLOTS - 1);
}

function slotOfNumber(value: number): number {
  return Math.floor(value / 8191 + value) & (SLOTS - 1);
}
