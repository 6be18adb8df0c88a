import { describe, expect, it } from '@jest/globals';
import type { CompiledTemplate } from '../../mail/compile.ts';
import { createTemplateShelf } from '../../worker/template-shelf.ts';
import { aTouch } from '../support/builders.ts';
import { aShop } from '../support/mails.ts';

const playbook = (...names: string[]) => ({
  version: 1,
  shop: aShop(),
  touches: names.map((name) => aTouch({ name })),
});

/** A shelf, and how many templates were compiled each time it was filled. */
function aShelf() {
  const filled: number[] = [];
  const keep = async (compiled: readonly CompiledTemplate[]) => void filled.push(compiled.length);
  return { filled, ...createTemplateShelf('templates', keep) };
}

describe('createTemplateShelf', () => {
  it('has all of a playbook ready once it is warm, and compiles none of it again', async () => {
    const { warm, find, filled } = aShelf();

    await warm(playbook('advice', 'rest'));
    const [dutch, english] = await Promise.all([
      find('rest', 'nl', playbook('advice', 'rest')),
      find('advice', 'en-GB', playbook('advice', 'rest')),
    ]);

    expect([dutch, english]).toMatchObject([
      { name: 'rest', locale: 'nl' },
      { name: 'advice', locale: 'en' },
    ]);
    expect(filled).toEqual([4]); // two touches, two languages
  });

  it('says what a worker could not send, before it begins; and tries again', async () => {
    const { warm } = aShelf();

    await expect(warm(playbook('surprise'))).rejects.toThrow('no template "surprise" in templates/');
    await warm(playbook('advice'));
  });

  it('keeps the newest two versions', async () => {
    const { warm, filled } = aShelf();
    const version = (of: number) => ({ ...playbook('rest'), version: of });

    for (const each of [1, 2, 3]) await warm(version(each));
    for (const each of [3, 2]) await warm(version(each));
    expect(filled).toHaveLength(3);

    await warm(version(1));
    expect(filled).toHaveLength(4);
  });
});
