import type { Shop } from './playbook.ts';

/** Who signs a mail. */
export type Signer = { readonly name: string; readonly role: string | null; readonly photo: string | null };

/** The shop as one mail knows it: signed by whom its touch names, else by whom the shop names. */
export function signedBy(shop: Shop, from: string | undefined): Shop {
  return from ? { ...shop, from } : shop;
}

/** Who signs: someone of `shop.people`, or `from` as a name by itself. */
export function signerOf({ from, people }: Shop): Signer {
  const person = people?.[from];
  return { name: person?.name ?? from, role: person?.role ?? null, photo: person?.photo ?? null };
}
