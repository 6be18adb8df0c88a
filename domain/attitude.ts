/** What a score says of whoever gave it. */
export type Attitude = 'promoter' | 'passive' | 'detractor';

/** Lowest score of a promoter and of a passive who were asked to recommend us (Reichheld 2003). */
const RECOMMENDING = { promoter: 9, passive: 7 };

/** Of any other question: four of five stars are content, three are neither, two are let down. */
const LIKING = { promoter: 8, passive: 5 };

/**
 * Tells what a score says.
 *
 * @param score 0–10
 */
export function attitudeOf(question: string | undefined, score: number): Attitude {
  const least = question === 'nps' ? RECOMMENDING : LIKING;
  if (score >= least.promoter) return 'promoter';
  return score >= least.passive ? 'passive' : 'detractor';
}
