import { describe, expect, it } from '@jest/globals';
import { repliesCheck } from '../../cli/doctor/replies.ts';

const replyTo = 'hello@shop.example';
const returnPath = 'bounces.shop.example';

describe('repliesCheck', () => {
  it.each([
    ['the shop, by default', undefined, returnPath, 'ok', replyTo],
    ['the shop, where the playbook says so', { replies: 'shop' as const }, returnPath, 'ok', replyTo],
    ['the listener', { replies: 'rapport' as const }, returnPath, 'ok', returnPath],
    [
      'the shop, where nothing listens',
      { replies: 'rapport' as const },
      undefined,
      'warning',
      'nothing listens',
    ],
  ])('tells that answers go to %s', (_, complaints, path, verdict, said) => {
    const check = repliesCheck({ complaints, replyTo, returnPath: path });

    expect(check.verdict).toBe(verdict);
    expect(JSON.stringify(check)).toContain(said);
  });
});
