/** The four phases of a relationship, in order; a journey moves on through them, forward only. */
export const PHASES = ['first-contact', 'getting-acquainted', 'relationship', 'ambassador'] as const;

export type Phase = (typeof PHASES)[number];
