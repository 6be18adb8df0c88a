import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { remembered } from '../../mail/remembered.ts';

describe('remembered', () => {
  it('answers as if it remembered nothing, whatever it is asked, and in whatever order', () => {
    const text = remembered((value: string) => `<${value}>`);
    const number = remembered((value: number) => `<${value}>`);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.double(), fc.integer())), (asked) => {
        const answers = asked.map((value) => (typeof value === 'string' ? text(value) : number(value)));
        expect(answers).toEqual(asked.map((value) => `<${value}>`));
      }),
    );
  });

  it('asks once for what is said again soon', () => {
    let asked = 0;
    const answer = remembered((value: string) => {
      asked += 1;
      return `${value}${asked}`;
    });
    expect([answer('Zoë'), answer('Bram'), answer('Zoë')]).toEqual(['Zoë1', 'Bram2', 'Zoë1']);
  });
});
