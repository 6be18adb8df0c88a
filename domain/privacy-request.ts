/** What a customer may ask of a shop by law (GDPR art. 15, 17), and the shop of Rapport: a person answers it. */
export type PrivacyRequest = {
  /** The same each time it is told, no address: `shopify/erase-customer/954889/191167/f9qP2UE3YbA_`. */
  readonly id: string;
  readonly kind: 'erase-customer' | 'erase-shop' | 'tell-data';
  readonly source: string;
  /** Of which shop, `zuiderzon.myshopify.example`. */
  readonly shop?: string;
  /** The shop's own id of the customer. */
  readonly customerId?: string;
  readonly email?: string;
  /** The shop's own ids of the orders it is about; none: all. */
  readonly orders: readonly string[];
};
