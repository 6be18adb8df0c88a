import { describe, expect, it } from '@jest/globals';
import { metTable } from '../../api/pages/met-table.ts';

function aWay(channel: string | null, customers: number, ordered = 0) {
  return { channel, customers, ordered, campaigns: [] };
}

function aTable(...channels: readonly ReturnType<typeof aWay>[]) {
  return metTable({ customers: 0, ordered: 0, channels: [...channels] }, 'nl');
}

describe('metTable', () => {
  it('names the ways in words, with the share of those who ordered, and who did not say last', () => {
    const table = aTable(aWay(null, 3_000, 1_200), aWay('word-of-mouth', 8, 6), aWay('grand-opening', 1));

    expect(table).toEqual([
      { channel: 'Mond-tot-mond', customers: '8', ordered: '6', share: '75%' },
      { channel: 'Grand opening', customers: '1', ordered: '0', share: '0%' },
      { channel: 'Vertelden ze niet', customers: '3.000', ordered: '1.200', share: '40%' },
    ]);
  });

  it('gives eight ways a line, and one to all the others', () => {
    const table = aTable(...Array.from({ length: 10 }, (_, at) => aWay(`way-${at}`, 10, 1)));

    expect(table).toHaveLength(9);
    expect(table.at(-1)).toEqual({
      channel: 'Op andere manieren',
      customers: '20',
      ordered: '2',
      share: '10%',
    });
  });

  it('is empty while nobody told', () => {
    expect(aTable(aWay(null, 3))).toEqual([]);
  });
});
