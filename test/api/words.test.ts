import { describe, expect, it } from '@jest/globals';
import { WORDS } from '../../api/pages/words.ts';
import { defaultPlaybook } from '../support/default-playbook.ts';

describe('WORDS', () => {
  it('names every touch of the default playbook in Dutch', async () => {
    const { touches } = await defaultPlaybook();

    expect(touches.map(({ name }) => name).filter((name) => !WORDS.nl.touches[name])).toEqual([]);
  });
});
