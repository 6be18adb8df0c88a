import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { colourOf, contrast as contrastOf } from '../../mail/colours.ts';

/** Of text against what it stands on (WCAG 2.2, 1.4.3). */
const READABLE = 4.5;

const DAY = {
  ink: '#2d2723',
  soft: '#776b61',
  accent: '#a8432a',
  onButton: '#ffffff',
  paper: '#f5efe6',
  sheet: '#fffdf9',
  hero: '#f2dfd0',
  button: '#a8432a',
};
const NIGHT = {
  ink: '#f0e8dd',
  soft: '#b5a99d',
  accent: '#f0a47f',
  onButton: '#1b1715',
  paper: '#1b1715',
  sheet: '#26211e',
  hero: '#352a24',
  tile: '#3d3029',
  button: '#e08b63',
};
/** Nothing is read on these: rules and the ribbon. */
const LINES = ['#e9dfd2', '#40372f', '#e9a77f', '#7d9580'];

const ON = [
  ['ink', 'paper'],
  ['ink', 'sheet'],
  ['ink', 'hero'],
  ['soft', 'paper'],
  ['soft', 'sheet'],
  ['accent', 'paper'],
  ['accent', 'sheet'],
  ['accent', 'hero'],
  ['onButton', 'button'],
] as const;

function contrast(text: string, ground: string): number {
  const [ink, paper] = [text, ground].map(colourOf);
  if (!ink || !paper) throw new Error('no colour');
  return contrastOf(ink, paper);
}

async function coloursIn(dir: string): Promise<readonly string[]> {
  const files = await readdir(dir, { recursive: true });
  const texts = files
    .filter((file) => file.endsWith('.mjml'))
    .map((file) => readFile(join(dir, file), 'utf8'));
  const found = (await Promise.all(texts)).flatMap((text) => text.match(/#[\da-f]{3,8}\b/gi) ?? []);
  return [...new Set(found)].sort();
}

describe('the colours of the mails', () => {
  it('are these and no others', async () => {
    const known = new Set([...Object.values(DAY), ...Object.values(NIGHT), ...LINES]);

    expect(await coloursIn('templates')).toEqual([...known].sort());
  });

  it.each(ON)('keep %s readable on %s, by day and by night', (text, ground) => {
    expect(contrast(DAY[text], DAY[ground])).toBeGreaterThanOrEqual(READABLE);
    expect(contrast(NIGHT[text], NIGHT[ground])).toBeGreaterThanOrEqual(READABLE);
  });

  it('keep the monogram readable by night, on a tile of its own', () => {
    expect(contrast(NIGHT.accent, NIGHT.tile)).toBeGreaterThanOrEqual(READABLE);
  });
});

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#777777', '#ffffff', 4.48],
  ])('of %s on %s is %d', (text, ground, ratio) => {
    expect(contrast(text, ground)).toBeCloseTo(ratio, 2);
  });
});
