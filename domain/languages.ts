/** The languages that mails are written in; the last is for who speaks none of them (design §7). */
export const LANGUAGES = ['nl', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

/**
 * The language that somebody is written to in.
 *
 * @param wanted BCP 47, best first
 */
export function spokenTo(wanted: readonly (string | undefined)[]): Language {
  const told = wanted.map((tag) => tag?.slice(0, 2).toLowerCase());
  return told.map((tag) => LANGUAGES.find((one) => one === tag)).find((one) => one !== undefined) ?? 'en';
}
