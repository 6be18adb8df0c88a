/** What a touch may ask: about us, an order, a product (to us, or for others to read), the customer, or anything. */
export const ASKS = ['nps', 'csat', 'product-score', 'review', 'profile', 'open'] as const;

export type Ask = (typeof ASKS)[number];

/** What an answer is about, where it is kept as `feedback`. */
export const QUESTIONS = ['nps', 'csat', 'product', 'open'] as const;

type Question = (typeof QUESTIONS)[number];

/** The questions of which an answer changes a fact; a review counts as one about the product. */
export const SCORED = ['nps', 'csat', 'product'] as const;

/** How a score is asked for. */
export type Scale = 'numbers' | 'stars' | 'smileys';

/** What each sign of a scale comes to, from the lowest: all scores are kept as 0–10. */
export const SCALES: Readonly<Record<Scale, readonly number[]>> = {
  numbers: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  stars: [0, 3, 5, 8, 10],
  smileys: [0, 5, 10],
};

/** How an ask is asked, and as what its answer is kept. */
const ASKED: Readonly<Record<Ask, { readonly scale?: Scale; readonly question?: Question }>> = {
  nps: { scale: 'numbers', question: 'nps' },
  csat: { scale: 'smileys', question: 'csat' },
  'product-score': { scale: 'stars', question: 'product' },
  review: { scale: 'stars' },
  profile: {},
  open: { question: 'open' },
};

/** How an ask's score is asked for; undefined: it asks for words alone. */
export function scaleOf(ask: Ask): Scale | undefined {
  return ASKED[ask].scale;
}

/** What an ask's answer is kept as, besides its score: `feedback` on a question, a `review`, or the `profile`. */
export function questionOf(ask: Ask): Question | undefined {
  return ASKED[ask].question;
}

/** The scores that an ask takes; none where it asks for words alone. */
export function scoresOf(ask: Ask): readonly number[] {
  const scale = scaleOf(ask);
  return scale ? SCALES[scale] : [];
}

/** A number of stars, 1–5, as a score of 0–10. */
export function scoreOfStars(stars: number): number | undefined {
  return SCALES.stars[stars - 1];
}
