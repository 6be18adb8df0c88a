import { describe, expect, it } from '@jest/globals';
import { isFine, PROVIDERS } from '../../domain/check.ts';
import {
  judgeAlignment,
  judgeDkim,
  judgeDmarc,
  judgeMx,
  judgePtr,
  judgeSpf,
} from '../../domain/mail-records.ts';

const RECORD = 'v=DKIM1; k=rsa; p=OURS';
const found = (...records: readonly string[]) => ({ kind: 'found', records }) as const;
const NONE = { kind: 'none' } as const;
const UNANSWERED = { kind: 'unanswered' } as const;
const REFUSED = { verdict: 'refused', refusedBy: [...PROVIDERS], mend: expect.any(String) };

describe('judgeSpf', () => {
  it.each([
    ['v=spf1 include:relay.example -all', { verdict: 'ok' }],
    ['v=spf1 include:relay.example redirect=x.example', { verdict: 'ok' }],
    ['v=spf1 +all', { verdict: 'warning', mend: 'end it with -all' }],
    ['v=spf1 a mx all', { verdict: 'warning' }],
    ['v=spf10 -all', REFUSED],
    ['google-site-verification=1', REFUSED],
  ])('judges "%s"', (record, expected) => {
    expect(judgeSpf('shop.example', found('x', record))).toMatchObject(expected);
  });

  it('counts two records as none, and an answer that never came as nothing known', () => {
    expect(judgeSpf('shop.example', found('v=spf1 -all', 'v=spf1 a -all'))).toMatchObject(REFUSED);
    expect(judgeSpf('shop.example', NONE)).toMatchObject({ ...REFUSED, check: 'SPF of shop.example' });
    expect(judgeSpf('shop.example', UNANSWERED)).toMatchObject({ verdict: 'unknown', refusedBy: [] });
  });
});

describe('judgeDkim', () => {
  it.each([
    [found('v=DKIM1; k=rsa; p=OURS'), { verdict: 'ok' }],
    [found('k=rsa;p=OU RS'), { verdict: 'ok' }],
    [found('v=DKIM1; p=THEIRS'), { ...REFUSED, says: 'it is not ours: nothing that we sign verifies' }],
    [found('v=DKIM1; p='), { ...REFUSED, says: 'it is withdrawn' }],
    [found('v=DKIM1; t=y:s; p=OURS'), { verdict: 'warning' }],
    [found('v=spf1 -all'), REFUSED],
    [NONE, { ...REFUSED, mend: `let the TXT record of a._domainkey.x.example read: ${RECORD}` }],
    [UNANSWERED, { verdict: 'unknown' }],
  ])('judges %j', (record, expected) => {
    expect(judgeDkim('a._domainkey.x.example', record, RECORD)).toMatchObject(expected);
  });
});

describe('judgeDmarc', () => {
  it.each([
    ['v=DMARC1; p=reject; rua=mailto:a@x.example', { verdict: 'ok', says: 'p=reject' }],
    [
      'v=DMARC1;p=none;rua=mailto:a@x.example',
      { verdict: 'ok', says: expect.stringContaining('p=quarantine') },
    ],
    ['v=DMARC1; p=none', { verdict: 'warning' }],
    ['v=DMARC1; p=maybe', REFUSED],
    ['v=DMARC1; rua=mailto:a@x.example', REFUSED],
    ['v=DMARC12; p=none', REFUSED],
  ])('judges "%s"', (record, expected) => {
    expect(judgeDmarc('shop.example', found(record)).check).toMatchObject(expected);
  });

  it('knows how strictly names have to agree, where there is a policy', () => {
    expect(judgeDmarc('x.example', found('v=DMARC1; p=none; adkim=s')).policy).toEqual({
      adkim: 's',
      aspf: 'r',
    });
    expect(judgeDmarc('x.example', NONE).policy).toBeUndefined();
    expect(judgeDmarc('x.example', UNANSWERED)).toMatchObject({ check: { verdict: 'unknown' } });
  });
});

describe('judgeAlignment', () => {
  const organisation = (domain: string) => domain.split('.').slice(-2).join('.');
  const from = 'news.shop.example';

  it.each([
    ['shop.example', 'bounce.shop.example', 'r', 'ok'],
    ['shop.example', 'relay.example', 'r', 'ok'],
    ['shop.example', 'relay.example', 's', 'refused'],
    [from, 'relay.example', 's', 'ok'],
    ['other.example', 'bounce.shop.example', 'r', 'warning'],
    [undefined, from, 's', 'warning'],
    [undefined, 'relay.example', 'r', 'refused'],
  ] as const)('says of DKIM %s and return path %s, %s: %s', (dkim, returnPath, mode, verdict) => {
    const senders = { from, returnPath, ...(dkim && { dkim }) };

    const check = judgeAlignment(senders, { adkim: mode, aspf: mode }, organisation);

    expect(check.verdict).toBe(verdict);
    expect(isFine([check])).toBe(verdict !== 'refused');
  });
});

describe('judgeMx and judgePtr', () => {
  it.each([
    [judgeMx('x.example', found('mx.x.example')), 'ok'],
    [judgeMx('x.example', found('')), 'warning'], // a null MX, RFC 7505
    [judgeMx('x.example', NONE), 'warning'],
    [judgeMx('x.example', UNANSWERED), 'unknown'],
    [judgePtr('192.0.2.1', found('mail.x.example'), ['192.0.2.1']), 'ok'],
    [judgePtr('192.0.2.1', found('mail.x.example'), ['192.0.2.9']), 'warning'],
    [judgePtr('192.0.2.1', NONE, []), 'warning'],
    [judgePtr('192.0.2.1', UNANSWERED, []), 'unknown'],
  ])('judge %j', (check, verdict) => {
    expect(check.verdict).toBe(verdict);
  });
});
