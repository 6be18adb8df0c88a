/**
 * A question whose answer is worked out once an object, as rules ask the same of a playbook thousands of times.
 *
 * @param answer pure; what it is asked about never changes
 */
export function remembered<Asked extends object, Answer>(answer: (about: Asked) => Answer) {
  const answers = new WeakMap<Asked, { readonly answer: Answer }>();
  return (about: Asked): Answer => {
    const known = answers.get(about);
    if (known) return known.answer;

    const found = answer(about);
    answers.set(about, { answer: found });
    return found;
  };
}
