import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { PHASES } from '../../domain/phases.ts';
import { readPlaybook } from '../../domain/read-playbook.ts';
import { templateNames } from '../../mail/templates.ts';

const read = readPlaybook(await readFile('playbooks/default.yaml', 'utf8'), {
  templates: await templateNames('templates'),
});

describe('playbooks/default.yaml', () => {
  it('is accepted without a doubt', () => {
    expect(read).toMatchObject({ kind: 'read', warnings: [] });
  });

  it('has eight touches, some for every phase and some for each', () => {
    const touches = read.kind === 'read' ? read.playbook.touches : [];

    expect(touches.map(({ name }) => name).sort()).toEqual([
      'ambassador-invitation',
      'birthday',
      'earlier-purchases',
      'good-to-know',
      'how-was-it',
      'thank-you',
      'welcome',
      'win-back',
    ]);
    for (const phase of PHASES) expect(touches.some((touch) => touch.phase === phase)).toBe(true);
    expect(touches.filter(({ kind }) => kind === 'service').map(({ name }) => name)).toEqual(['thank-you']);
  });
});
