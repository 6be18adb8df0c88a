/** Of all codes of a pool the part that has to be left, else the team is told. */
const LOW_SHARE = 0.1;

/** Whether a pool has so few codes left that somebody should see to it. */
export function isLow({ total, left }: { readonly total: number; readonly left: number }): boolean {
  return left <= total * LOW_SHARE;
}
