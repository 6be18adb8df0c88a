import { describe, expect, it } from '@jest/globals';
import { confirmUrl, readConfirmToken } from '../../mail/links.ts';
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
