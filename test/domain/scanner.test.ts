import { describe, expect, it } from '@jest/globals';
import { EARLY_MS, isBurst, type LinkVisit, scannerSign } from '../../domain/scanner.ts';
import { NOON } from '../support/builders.ts';

const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36';

function aVisit(visit: Partial<LinkVisit> = {}): LinkVisit {
  return {
    ...{ method: 'GET', userAgent: SAFARI, purposes: [] },
    ...{ at: NOON + 60_000, sentAt: NOON, ...visit },
  };
}

describe('scannerSign', () => {
  it.each<[string, Partial<LinkVisit>]>([
    ['somebody on a phone', {}],
    ['somebody on another phone', { userAgent: ANDROID }],
    ['in the program of Outlook, which opens no link itself', { userAgent: `${ANDROID} Edg/131.0` }],
    ['after the first seconds', { at: NOON + EARLY_MS }],
    ['with a purpose of its own', { purposes: ['navigate'] }],
  ])('takes for a person: %s', (_, visit) => {
    expect(scannerSign(aVisit(visit))).toBeUndefined();
  });

  it.each<[string, Partial<LinkVisit>]>([
    ['head', { method: 'HEAD' }],
    ['prefetch', { purposes: ['prefetch;anonymous-client-ip'] }],
    ['prefetch', { purposes: ['preview'] }],
    ['prefetch', { purposes: ['', 'prerender'] }],
    ['user-agent', { userAgent: '' }],
    ['user-agent', { userAgent: 'Barracuda Sentinel (EE)' }],
    ['user-agent', { userAgent: 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)' }],
    [
      'user-agent',
      { userAgent: 'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; BingPreview/1.0b)' },
    ],
    ['user-agent', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/131.0.0.0' }],
    ['user-agent', { userAgent: 'facebookexternalhit/1.1' }],
    ['user-agent', { userAgent: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' }],
    ['user-agent', { userAgent: 'python-requests/2.32.3' }],
    ['user-agent', { userAgent: 'Go-http-client/2.0' }],
    ['user-agent', { userAgent: 'curl/8.5.0' }],
    ['early', { at: NOON + EARLY_MS - 1 }],
    ['early', { at: NOON - 1_000 }],
  ])('tells %s of %j', (sign, visit) => {
    expect(scannerSign(aVisit(visit))).toBe(sign);
  });
});

describe('isBurst', () => {
  const at = (link: number, after: number) => ({ link, at: NOON + after });

  it.each([
    ['two links, one after the other', [at(0, -1_000), at(1, 0)]],
    ['the same link again and again', [at(0, -200), at(0, -100), at(0, 0)]],
    ['a third link later', [at(0, -9_000), at(1, -6_000), at(2, 0)]],
  ])('takes for a person: %s', (_, visits) => {
    expect(isBurst(NOON, visits)).toBe(false);
  });

  it.each([
    ['one after the other', [at(0, -1_000), at(1, -500), at(2, 0)]],
    ['at once, though this one was the first of them', [at(0, 0), at(1, 2), at(2, 3)]],
  ])('takes for a machine who opens three links %s', (_, visits) => {
    expect(isBurst(NOON, visits)).toBe(true);
  });
});
