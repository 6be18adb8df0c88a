import { safeId } from '../domain/hash.ts';
import { externalId } from '../domain/identity.ts';

/** How a path's `shop:c-17` is kept: an id of the shop's that holds an address, or is long, is kept as a keyed hash. */
export function keptRef(hashKey: string, ref: string): string {
  const colon = ref.indexOf(':');
  if (colon === -1) return ref;
  return externalId(ref.slice(0, colon), safeId(hashKey, ref.slice(colon + 1)));
}
