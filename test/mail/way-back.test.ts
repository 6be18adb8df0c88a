import { describe, expect, it } from '@jest/globals';
import { readReturnPath, readToken } from '../../domain/return-path.ts';
import { createConfirmationWayBack, createWayBack } from '../../mail/way-back.ts';

const ID = '01JX0000000000000000000001';
const returnPath = 'bounces.shop.example';

describe('createWayBack', () => {
  it('gives a mail its own addresses, where a listener has a domain', () => {
    const { bounces = '', leave = '' } = createWayBack({ secret: 's', returnPath })(ID, 'key');

    expect(readReturnPath(returnPath, ['s'], bounces)?.kind).toBe('bounce');
    expect(readReturnPath(returnPath, ['s'], leave)?.kind).toBe('unsubscribe');
  });

  it('names the mail in a header, and to Postmark in its own', () => {
    const plain = createWayBack({ secret: 's' })(ID, 'key');
    const { headers } = createWayBack({ secret: 's', throughPostmark: true })(ID, 'key');

    expect(Object.keys(plain)).toEqual(['headers']);
    expect(Object.keys(plain.headers)).toEqual(['X-Rapport-Send']);
    expect(Object.keys(headers)).toEqual(['X-Rapport-Send', 'X-PM-Metadata-rapport-send']);
    for (const value of Object.values(headers))
      expect(readToken(['s'], value)).toMatchObject({ customerId: ID });
  });
});

describe('createConfirmationWayBack', () => {
  const REF = 'abcdefghijklmnop';

  it('gives the mail of a request an address for its bounces, and the same name to providers', () => {
    const of = createConfirmationWayBack({ secret: 's', returnPath, throughPostmark: true });
    const { bounces = '', headers } = of(REF);

    expect(readReturnPath(returnPath, ['s'], bounces)).toEqual({ kind: 'confirmation', ref: REF });
    expect(Object.keys(headers)).toEqual(['X-Rapport-Send', 'X-PM-Metadata-rapport-send']);
    for (const value of Object.values(headers)) expect(`${value}@${returnPath}`).toBe(bounces);
    expect(createConfirmationWayBack({ secret: 's' })(REF).bounces).toBeUndefined();
  });
});
