import { describe, expect, it } from '@jest/globals';
import { sendRef } from '../../domain/send-ref.ts';
import { confirmUrl, createMailLinks, readConfirmToken, readMailToken } from '../../mail/links.ts';
import { NOON } from '../support/builders.ts';

const ID = `${'k'.repeat(43)}.000001`;
const UNTIL = NOON + 1_000;

function aToken(secret = 'new', id = ID): string {
  const url = new URL(confirmUrl('https://rapport.example', secret, id, UNTIL));
  return url.searchParams.get('c') ?? '';
}

describe('confirmUrl', () => {
  it('names the request, and leads to the page that asks', () => {
    expect(confirmUrl('https://rapport.example', 's', ID, UNTIL)).toMatch(
      /^https:\/\/rapport\.example\/join\/confirm\?c=k{43}\.000001\.[0-9a-z]+\.[\w-]{43}$/,
    );
  });
});

describe('readConfirmToken', () => {
  it('reads a link that any of the secrets signed', () => {
    expect(readConfirmToken(['new', 'old'], aToken('new'), NOON)).toEqual({ kind: 'good', id: ID });
    expect(readConfirmToken(['new', 'old'], aToken('old'), NOON)).toEqual({ kind: 'good', id: ID });
  });

  it('tells one that has ended', () => {
    expect(readConfirmToken(['new'], aToken(), UNTIL - 1).kind).toBe('good');
    expect(readConfirmToken(['new'], aToken(), UNTIL)).toEqual({ kind: 'expired', id: ID });
  });

  it.each([
    ['signed with another secret', aToken('theirs')],
    ['of another request', aToken().replace('000001', '000002')],
    ['with a later end', aToken().replace(UNTIL.toString(36), (UNTIL + 1).toString(36))],
    ['cut off', aToken().slice(0, -1)],
    ['empty', ''],
    ['long', 'a.'.repeat(10_000)],
  ])('refuses one %s', (_what, token) => {
    expect(readConfirmToken(['new', 'old'], token, NOON)).toEqual({ kind: 'bad' });
  });
});

const MAIL = { customerId: '01JCUSTOMER', key: '01JCUSTOMER/welcome/1', topic: 'news' };
const linksOf = createMailLinks('https://rapport.example', 'new');

function tokenOf(url: string): string {
  return new URL(url).searchParams.get('t') ?? '';
}

describe('createMailLinks', () => {
  it('leads to the pages of the customer, naming the send by its reference', () => {
    const { unsubscribe, preferences, why, address } = linksOf(MAIL);
    expect(unsubscribe).toMatch(
      /^https:\/\/rapport\.example\/unsubscribe\?t=01JCUSTOMER\.[a-z2-7]{16}\.news\.[\w-]{43}$/,
    );
    expect(new URL(preferences).pathname).toBe('/preferences');
    expect(new URL(why).pathname).toBe('/why');
    expect(new URL(address ?? '').pathname).toBe('/address');
    expect(new Set([unsubscribe, preferences, why, address ?? ''].map(tokenOf)).size).toBe(1);
  });
});

describe('readMailToken', () => {
  const token = tokenOf(linksOf(MAIL).why);

  it('reads whom and which mail a link is about, by any of the secrets', () => {
    const { customerId, topic } = MAIL;
    const found = { kind: 'good', customerId, ref: sendRef(MAIL.key), topic };
    expect(readMailToken(['new'], token)).toEqual(found);
    expect(readMailToken(['newer', 'new'], token)).toEqual(found);
  });

  it('knows the links of a copy', () => {
    expect(readMailToken(['new'], tokenOf(linksOf('copy').unsubscribe))).toEqual({ kind: 'copy' });
  });

  it.each([
    ['signed with another secret', tokenOf(createMailLinks('https://x.example', 'theirs')(MAIL).why)],
    ['of another customer', token.replace('01JCUSTOMER', '01JSOMEBODY')],
    ['of another topic', token.replace('.news.', '.tips.')],
    ['cut off', token.slice(0, -1)],
    ['empty', ''],
    ['long', 'a.'.repeat(10_000)],
  ])('refuses one %s', (_what, other) => {
    expect(readMailToken(['new'], other)).toEqual({ kind: 'bad' });
  });
});
