import type { DeliveryReport } from './delivery-report.ts';

/** What a provider tells of one mail to one address. */
export type ProviderReport = {
  readonly report: DeliveryReport;
  readonly address: string;
  /** Where the mail may be named, by its token: what is none of ours is passed over. */
  readonly tokens: readonly string[];
  /** What the receiving server said, where the provider quotes it. */
  readonly words?: string;
  /** The provider's own id of it: repeated with each attempt to tell. */
  readonly id: string;
};
