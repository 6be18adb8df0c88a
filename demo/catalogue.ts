import { stableShare } from '../domain/hash.ts';

/** What the sample shop sells. CDNOW's file has numbers only, so these sixty stand in for its CDs. */
export type Product = { readonly sku: string; readonly name: string; readonly category: string };

const TITLES = {
  jazz: [
    'Kind of Blue',
    'A Love Supreme',
    'Time Out',
    'Mingus Ah Um',
    'Blue Train',
    'The Köln Concert',
    'Getz/Gilberto',
    'Saxophone Colossus',
    'Head Hunters',
    'Ella and Louis',
  ],
  classical: [
    'Goldberg Variations',
    'The Four Seasons',
    'Winterreise',
    'Enigma Variations',
    'The Planets',
    'Cello Suites',
    'Gymnopédies',
    'Pictures at an Exhibition',
    'Má vlast',
    'Requiem in D minor',
  ],
  rock: [
    'Abbey Road',
    'Rumours',
    'Pet Sounds',
    'London Calling',
    'Marquee Moon',
    'Automatic for the People',
    'The Joshua Tree',
    'Horses',
    'Astral Weeks',
    'Moondance',
  ],
  soul: [
    'What’s Going On',
    'Songs in the Key of Life',
    'Otis Blue',
    'Lady Soul',
    'Let’s Stay Together',
    'Superfly',
    'I Never Loved a Man',
    'There’s a Riot Goin’ On',
    'Amazing Grace',
    'Hot Buttered Soul',
  ],
  folk: [
    'Blue',
    'Pink Moon',
    'Liege & Lief',
    'Harvest',
    'Bookends',
    'Solid Air',
    'The Freewheelin’',
    'Tapestry',
    'Basket of Light',
    'Grace',
  ],
  world: [
    'Graceland',
    'Passion',
    'Talking Timbuktu',
    'Miss Perfumado',
    'Missa Luba',
    'Soro',
    'Shaday',
    'Le Mystère des Voix Bulgares',
    'Djam Leelii',
    'Fado de Lisboa',
  ],
} as const;

/** The sixty products, `cd-1` to `cd-60`, ten of each category. */
export const CATALOGUE: readonly Product[] = Object.entries(TITLES)
  .flatMap(([category, names]) => names.map((name) => ({ name, category })))
  .map((product, index) => ({ sku: `cd-${index + 1}`, ...product }));

/** How often the next CD is the partner of the one before it: what a suggestion may find again. */
const PARTNER_SHARE = 0.5;

/** How often a CD that is not a partner comes from the customer's favourite category. */
const FAVOURITE_SHARE = 0.6;

/** Thirty pairs that are bought together, planted by seed: the partner of each product. */
export function partnersBy(seed: string): ReadonlyMap<Product, Product> {
  const order = (product: Product) => stableShare(seed, 'pair', product.sku);
  const shuffled = [...CATALOGUE].sort((one, other) => order(one) - order(other));
  const pairs = new Map<Product, Product>();
  shuffled.forEach((product, index) => {
    const partner = shuffled[index ^ 1]; // 0 with 1, 2 with 3, …
    if (partner) pairs.set(product, partner);
  });
  return pairs;
}

/** A share in [0, 1), always the same for the same words. */
export type Draw = (...words: string[]) => number;

/** What one customer likes best. */
export function favouriteOf(draw: Draw): string {
  return pick(Object.keys(TITLES), draw('favourite'));
}

/**
 * Chooses the CDs of one order, one after another.
 *
 * @param draw of this order
 * @param last the last CD of the customer's order before: its partner may come home next
 */
export function chooseCds(
  order: { readonly count: number; readonly favourite: string; readonly last?: Product },
  partners: ReadonlyMap<Product, Product>,
  draw: Draw,
): Product[] {
  const chosen: Product[] = [];
  for (let place = 0; place < order.count; place += 1) {
    const before = chosen.at(-1) ?? order.last;
    const partner = before && partners.get(before);
    const goesWell = draw(`partner ${place}`) < PARTNER_SHARE && partner && !chosen.includes(partner);
    chosen.push(goesWell ? partner : browse(order.favourite, (...words) => draw(`${place}`, ...words)));
  }
  return chosen;
}

function browse(favourite: string, draw: Draw): Product {
  const shelf = CATALOGUE.filter(({ category }) => category === favourite);
  return pick(draw('shelf') < FAVOURITE_SHARE ? shelf : CATALOGUE, draw('cd'));
}

/** The entry at a share in [0, 1) of a list. */
export function pick<Entry>(list: readonly Entry[], share: number): Entry {
  const entry = list[Math.floor(share * list.length)];
  if (entry === undefined) throw new Error('nothing to pick from');
  return entry;
}
