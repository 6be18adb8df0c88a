import { z } from 'zod';
import { maybe, Words } from './payload.ts';
import { type ShipTo, shipToOf } from './ship-to.ts';

/** @see https://shopify.dev/docs/api/admin-rest/latest/resources/order#resource-object */
export const ShopifyAddress = z.object({
  name: maybe(Words),
  first_name: maybe(Words),
  last_name: maybe(Words),
  company: maybe(Words),
  address1: maybe(Words),
  address2: maybe(Words),
  zip: maybe(Words),
  city: maybe(Words),
  province: maybe(Words),
  country_code: maybe(Words),
});

/** Where an order of Shopify goes; nothing where it goes nowhere, as a download does, or tells too little. */
export function shopifyShipTo(address: z.output<typeof ShopifyAddress> | undefined): ShipTo | undefined {
  if (!address) return undefined;
  const { name, first_name, last_name, company, address1, address2, city } = address;
  return shipToOf({
    name: name ?? joined(first_name, last_name),
    lines: [company, address1, address2],
    ...{ city, postalCode: address.zip, region: address.province, country: address.country_code },
  });
}

/** @see https://woocommerce.github.io/woocommerce-rest-api-docs/#order-shipping-properties */
export const WooAddress = z.object({
  first_name: maybe(Words),
  last_name: maybe(Words),
  company: maybe(Words),
  address_1: maybe(Words),
  address_2: maybe(Words),
  city: maybe(Words),
  state: maybe(Words),
  postcode: maybe(Words),
  country: maybe(Words),
});

type WooAddress = z.output<typeof WooAddress>;

/** Where an order of WooCommerce goes: its shipping address, else the one it is billed to. */
export function wooShipTo(shipping: WooAddress | undefined, billing: WooAddress | undefined) {
  return addressOf(shipping) ?? addressOf(billing);
}

function addressOf(address: WooAddress | undefined): ShipTo | undefined {
  if (!address) return undefined;
  const { first_name, last_name, company, address_1, address_2, city, state, postcode, country } = address;
  return shipToOf({
    name: joined(first_name, last_name) ?? company,
    lines: [company, address_1, address_2],
    ...{ city, postalCode: postcode, region: state, country },
  });
}

function joined(first: string | undefined, last: string | undefined): string | undefined {
  return [first, last].filter(Boolean).join(' ') || undefined;
}
