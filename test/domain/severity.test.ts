import { describe, expect, it } from '@jest/globals';
import { severityOf } from '../../domain/severity.ts';

const FROM = { value: 10_000, currency: 'EUR' };

describe('severityOf', () => {
  it.each([
    ['normal', { text: 'It came late' }],
    ['normal', { text: 'Het merk beviel me niet, en de verandering ook niet' }],
    ['high', { text: 'I have burned my hand' }],
    ['high', { text: 'Mijn advocaat neemt contact met u op' }],
    ['high', { score: 2 }],
    ['normal', { score: 3 }],
    ['low', { score: 5 }],
    ['high', { score: 5, order: { total: 10_000, currency: 'EUR' } }],
    ['normal', { order: { total: 9_999, currency: 'EUR' } }],
    ['normal', { order: { total: 10_000, currency: 'USD' } }],
    ['low', { severity: 'low', text: 'My lawyer says', score: 0 }],
  ] as const)('calls %s: %o', (severity, told) => {
    expect(severityOf(told, FROM)).toBe(severity);
  });
});
