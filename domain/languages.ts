/** The languages that mails are written in; the last is for who speaks none of them (design §7). */
export const LANGUAGES = ['nl', 'en'] as const;
