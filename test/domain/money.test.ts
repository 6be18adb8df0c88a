import { describe, expect, it } from '@jest/globals';
import { minorUnitsOf } from '../../domain/money.ts';

describe('minorUnitsOf', () => {
  it.each([
    ['29.33', 'EUR', 2933],
    ['0.07', 'EUR', 7],
    ['1000', 'EUR', 100_000],
    [29.3, 'EUR', 2930],
    ['19.999', 'EUR', 2000],
    ['-10.00', 'USD', -1000],
    ['-0.00', 'USD', 0],
    ['1500.00', 'JPY', 1500],
    ['1500', 'JPY', 1500],
    ['1.2345', 'KWD', 1235],
    ['1.07', 'EUR', 107], // 1.07 * 100 is 107.00000000000001
    ['4.35', 'EUR', 435], // and 4.35 * 100 is 434.99999999999994
  ])('reads %s %s as %d', (amount, currency, minor) => {
    expect(minorUnitsOf(amount, currency)).toBe(minor);
  });

  it.each([
    ['', 'EUR'],
    ['1,50', 'EUR'],
    ['1e3', 'EUR'],
    ['€ 5', 'EUR'],
    ['NaN', 'EUR'],
    ['999999999999999.99', 'EUR'],
    ['1.00', 'euro'],
  ])('says nothing of %j %s', (amount, currency) => {
    expect(minorUnitsOf(amount, currency)).toBeUndefined();
  });
});
