import { describe, expect, it } from '@jest/globals';
import { countMail } from '../../demo/mail-counts.ts';

const an = { messageId: '<1@shop.example>', to: 'an@example.com' };
const bo = { messageId: '<2@shop.example>', to: 'bo@example.com' };

describe('countMail', () => {
  it('counts distinct Message-IDs', () => {
    expect(countMail([an, bo], [], new Map())).toEqual({ delivered: 2, duplicates: 0, repeated: 0 });
  });

  it('counts a mail that came again as a duplicate', () => {
    expect(countMail([an, bo, an], [], new Map())).toEqual({ delivered: 2, duplicates: 1, repeated: 0 });
  });

  it('tells apart what was sent once more after an unknown fate, as often as it was', () => {
    const counts = countMail([an, an, an], [], new Map([[an.messageId, 1]]));

    expect(counts).toEqual({ delivered: 1, duplicates: 1, repeated: 1 });
  });

  it('leaves the mail to the team out', () => {
    expect(countMail([an, bo], ['bo@example.com'], new Map()).delivered).toBe(1);
  });
});
