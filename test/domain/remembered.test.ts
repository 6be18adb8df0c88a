import { describe, expect, it } from '@jest/globals';
import { remembered } from '../../domain/remembered.ts';

describe('remembered', () => {
  it('works an answer out once an object, also where it is nothing', () => {
    const asked: string[] = [];
    const first = remembered(({ name }: { readonly name: string }) => {
      asked.push(name);
      return name === 'nobody' ? undefined : name[0];
    });
    const [an, nobody] = [{ name: 'an' }, { name: 'nobody' }];

    expect([first(an), first(an), first(nobody), first(nobody)]).toEqual(['a', 'a', undefined, undefined]);
    expect(asked).toEqual(['an', 'nobody']);
  });
});
