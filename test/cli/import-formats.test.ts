import { describe, expect, it } from '@jest/globals';
import { inShort, readFixture } from '../support/imports.ts';

describe('readLines', () => {
  it.each([
    [
      'customers',
      'customers',
      [
        'profile 2026-11-22T12:00 shop:c-1 an@example.com An Vos 1984-06-21',
        'profile 2021-02-28T23:00 shop:c-1 an@example.com news+ tips+',
        'profile 2026-11-22T12:00 shop:c-2 bo@example.com Bo',
        'profile 2026-11-22T12:00 shop:c-3 cas@example.com Cas de Wit 06-01',
        'profile 2020-01-01T12:00 shop:c-3 cas@example.com news+',
      ],
    ],
    [
      'orders',
      'orders',
      [
        'purchase 2024-06-01T10:00 shop:c-2 bo@example.com o-2 1500 EUR 1×lp-1@1500',
        'purchase 2024-05-01T08:00 shop:c-1 an@example.com o-1 2933 EUR 2×cd-17@1466 1×lp-2@1',
      ],
    ],
    [
      'suppressions',
      'suppressions',
      [
        'suppress 2022-12-31T23:00 gone@example.com hard-bounce',
        'suppress 2023-01-01T09:00 cas@example.com spam-complaint',
      ],
    ],
    [
      'shopify-customers',
      'Shopify customers',
      [
        'profile 2026-11-22T12:00 shopify:7001 an@example.com An Vos',
        'profile 2026-11-22T12:00 shopify:7001 an@example.com news+?',
        'profile 2026-11-22T12:00 shopify:7002 bo@example.com Bo Smit',
        'profile 2026-11-22T12:00 shopify:7002 bo@example.com news-? tips-?',
        'profile 2026-11-22T12:00 shopify:7003 Cas',
        'profile 2026-11-22T12:00 shopify:7003 news-? tips-?',
      ],
    ],
    [
      'shopify-orders',
      'Shopify orders',
      [
        'purchase 2024-09-03T08:14 an@example.com 5550000001 5019 EUR 2×CD-17@1466 1×Time Out@1488',
        'purchase 2024-09-10T07:00 bo@example.com 5550000002 2500 JPY 1×LP-1@2500',
        'refund 2024-09-10T07:00 bo@example.com 5550000002',
        'purchase 2024-09-11T07:00 bo@example.com 5550000003 1000 EUR 1×LP-1@1000',
        'cancelled 2024-09-12T06:00 bo@example.com 5550000003',
      ],
    ],
    [
      'woocommerce-orders',
      'WooCommerce orders',
      [
        'purchase 2024-03-31T08:00 woocommerce:17 an@example.com 501 2933 EUR 2×CD-17@733 1×LP-2@1467',
        'refund 2024-03-31T08:00 woocommerce:17 an@example.com 501 1×LP-2@0',
        'passed over',
        'purchase 2024-04-03T09:00 bo@example.com 503 900 EUR 1×LP-2@900',
        'cancelled 2024-04-03T09:00 bo@example.com 503',
      ],
    ],
    [
      'woocommerce-customers',
      'WooCommerce customers',
      [
        'profile 2026-11-22T12:00 woocommerce:17 an@example.com An Vos',
        'profile 2026-11-22T12:00 bo@example.com Bo Smit',
      ],
    ],
    [
      'woocommerce-analytics-customers',
      'WooCommerce Analytics customers',
      ['profile 2026-11-22T12:00 an@example.com An van der Vos'],
    ],
    [
      'klaviyo-profiles',
      'Klaviyo profiles',
      [
        'profile 2026-11-22T12:00 an@example.com An Vos',
        'profile 2022-05-01T08:00 an@example.com news+',
        'profile 2026-11-22T12:00 bo@example.com Bo',
        'profile 2026-11-22T12:00 bo@example.com news-? tips-?',
        'suppress 2026-11-22T12:00 cas@example.com hard-bounce',
        'profile 2026-11-22T12:00 cas@example.com Cas',
        'profile 2022-05-02T08:00 cas@example.com news+',
        'profile 2026-11-22T12:00 dee@example.com Dee',
      ],
    ],
    [
      'mailchimp-subscribed',
      'Mailchimp subscribed',
      [
        'profile 2026-11-22T12:00 an@example.com An Vos 06-21',
        'profile 2019-03-14T09:14 an@example.com news+',
        'profile 2026-11-22T12:00 bo@example.com Bo',
        'profile 2026-11-22T12:00 bo@example.com news+?',
      ],
    ],
    [
      'mailchimp-unsubscribed',
      'Mailchimp unsubscribed',
      [
        'profile 2026-11-22T12:00 cas@example.com Cas',
        'profile 2020-01-02T03:04 cas@example.com news- tips-',
      ],
    ],
    ['mailchimp-cleaned', 'Mailchimp cleaned', ['suppress 2019-06-01T10:00 gone@example.com hard-bounce']],
  ])('takes %s for what it is', async (name, format, expected) => {
    const told = await readFixture(name);

    expect(told.format).toBe(format);
    expect(inShort(told.read)).toEqual(expected);
  });

  it.each(['shopify-customers', 'klaviyo-profiles', 'mailchimp-subscribed'])(
    'takes no consent over from %s where no topics are named',
    async (name) => {
      const { read } = await readFixture(name, { topics: [] });

      expect(inShort(read).filter((line) => line.includes('+'))).toEqual([]);
    },
  );
});
