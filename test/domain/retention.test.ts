import { describe, expect, it } from '@jest/globals';
import { readPlaybook } from '../../domain/read-playbook.ts';
import { keptSince } from '../../domain/retention.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const SHOP =
  "shop: { name: Z, from: Anna, replyTo: help@shop.example, locale: nl, timeZone: UTC, currency: EUR, address: 'Kade 1' }";

function read(retention: string) {
  return readPlaybook(`${SHOP}\nretention: ${retention}\nphases: {}\n`, { templates: [] });
}

describe('keptSince', () => {
  it.each([
    ['written', {}, Date.UTC(2023, 10, 22, 12)],
    ['mails', {}, Date.UTC(2025, 9, 22, 12)],
    ['inactive', {}, Date.UTC(2021, 10, 22, 12)],
    ['mails', { mails: { months: 2 } }, Date.UTC(2026, 8, 22, 12)],
    ['mails', { mails: 'for-ever' }, undefined],
  ] as const)('keeps %s by %j since %s', (kind, retention, since) => {
    expect(keptSince(kind, retention, NOW)).toBe(since);
  });
});

describe('retention of a playbook', () => {
  it('is read by kind', () => {
    expect(read('{ mails: 6 months, inactive: for-ever }')).toMatchObject({
      kind: 'read',
      playbook: { retention: { mails: { months: 6 }, inactive: 'for-ever' } },
    });
  });

  it.each([
    ['{ mails: 1 day }', 'is shorter than 30 days'],
    ['{ inactive: 6 months }', 'is shorter than 365 days'],
    ['{ mails: sometimes }', 'write 13 months, or for-ever'],
    ['{ mail: 1 year }', 'mail'],
  ])('refuses %s', (written, message) => {
    const refused = read(written);

    expect(refused.kind).toBe('refused');
    expect(JSON.stringify(refused)).toContain(message);
  });
});
