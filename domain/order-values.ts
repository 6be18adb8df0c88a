/** One line of an order, as the customer keeps it, or of a cart. */
export type ItemValues = {
  readonly name: string;
  readonly category: string | null;
  readonly quantity: number;
  /** Of one piece, in minor units. */
  readonly price: number;
  /** Of the line, in minor units. */
  readonly total: number;
  /** The order's: ISO 4217. */
  readonly currency: string;
};

/** An order, as a mail tells of it. */
export type OrderValues = {
  readonly id: string;
  readonly at: number;
  /** Minor units. */
  readonly total: number;
  readonly currency: string;
  /** Of at most three items, to name the order by. */
  readonly names: readonly string[];
  readonly items: readonly ItemValues[];
};
