import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { OWN_TOUCHES } from '../../domain/own-touches.ts';
import { PHASES } from '../../domain/phases.ts';
import type { Touch } from '../../domain/playbook.ts';
import { readPlaybook } from '../../domain/read-playbook.ts';
import { addSpan } from '../../domain/span.ts';
import { templateNames } from '../../mail/template-names.ts';

const text = await readFile('playbooks/default.yaml', 'utf8');
const read = readPlaybook(text, {
  templates: await templateNames('templates'),
});
const touches = read.kind === 'read' ? read.playbook.touches : [];

const named = (is: (touch: Touch) => unknown) => touches.filter(is).map(({ name }) => name);
const touchOf = (name: string) => touches.find((touch) => touch.name === name);

/** Days between a touch's cause and its moment. */
const delayOf = ({ after }: Touch) => addSpan(0, after, 'UTC') / 86_400_000;

describe('playbooks/default.yaml', () => {
  it('is accepted, and doubted only for what this version cannot do yet', () => {
    const warnings = read.kind === 'read' ? read.warnings : [{ message: 'refused' }];

    expect(warnings.filter(({ message }) => !message.includes('is not done by this version'))).toEqual([]);
    expect(
      named(({ on, suggest, referral }) => {
        return suggest || referral || on === 'news';
      }),
    ).toHaveLength(warnings.length);
  });

  it('has at least 26 touches, some for every phase and some for each', () => {
    expect(touches.length).toBeGreaterThanOrEqual(26);
    for (const phase of PHASES) expect(named((touch) => touch.phase === phase).length).toBeGreaterThan(2);
  });

  it('takes for service only what the customer waits for', () => {
    expect(named(({ kind }) => kind === 'service')).toEqual([
      'thank-you',
      'complaint-received',
      'complaint-follow-up',
      'made-good',
      ...OWN_TOUCHES,
    ]);
  });

  it('never asks how it was after a refund or a complaint', () => {
    expect(touchOf('how-was-it')?.cancelOn).toEqual(['refund', 'complaint']);
  });

  it('wins back by reasons, ever more slowly, without any surprise; and leaves in peace at last', () => {
    const chain = touches.filter(({ on }) => on === 'lapse');

    expect(chain.map(({ name }) => name)).toEqual(['win-back', 'win-back-news', 'win-back-personal', 'rest']);
    expect(chain.map(delayOf)).toEqual([0, 21, 45, 75]);
    for (const { surprise, cancelOn } of chain) {
      expect(surprise).toBeUndefined();
      expect(cancelOn).toContain('purchase');
    }
  });

  it('lets everything of marketing expire that is about a moment', () => {
    expect(named(({ kind, expires }) => kind === 'marketing' && !expires)).toEqual([]);
  });

  it('offers no price off, and no surprise before the third order day', () => {
    expect(text).not.toMatch(/kind: (coupon|credit|buy-one-get-one)/);
    for (const { when } of touches.filter(({ surprise }) => surprise))
      expect(when).toMatchObject({ 'orders.days': { $gte: expect.any(Number) } });
  });
});
