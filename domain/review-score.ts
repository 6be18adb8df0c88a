import { scoreOfStars } from './asks.ts';
import type { EventData } from './event.ts';
import type { Problem } from './strict.ts';

/** Where a score is a number of stars, 1–5. Kiyoh gives 1–10, as all scores are kept. */
const IN_STARS = ['trustpilot', 'google'];

/** Data with its score on the scale that all are kept on, 0–10; or what is wrong with it. */
type Scored =
  | { readonly kind: 'read'; readonly data: EventData }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Reads the score of a review as its source counts it: `stars` are stars wherever they come from. */
export function scoredBy(source: string, data: EventData): Scored {
  const { score, stars: told } = data;
  const inStars = IN_STARS.includes(source.toLowerCase());
  const stars = typeof told === 'number' ? told : inStars ? score : undefined;
  if (stars === undefined) return { kind: 'read', data };

  const mapped = scoreOfStars(stars);
  if (mapped !== undefined) return { kind: 'read', data: { ...data, stars, score: mapped } };
  const problem = { path: ['score'], message: `is no number of stars`, hint: `${source} gives 1–5` };
  return { kind: 'refused', problems: [problem] };
}
