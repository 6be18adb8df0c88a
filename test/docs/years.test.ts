import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { defaultPlaybook } from '../support/default-playbook.ts';
import { LIVES } from '../support/lives.ts';
import {
  BEGIN_YEARS,
  END_YEARS,
  type Lived,
  live,
  ofLaterVersions,
  yearsPage,
} from '../support/years-page.ts';

const playbook = await defaultPlaybook();
const later = ofLaterVersions(playbook);

/** What comes of a life: now, and when later versions do all that the playbook asks for. */
const VERSIONS = [
  ['now', playbook],
  ['later', later],
] as const;

const marketing = (lived: readonly Lived[]) => lived.filter(({ rule }) => rule.kind === 'marketing');
const names = (lived: readonly Lived[]) => lived.map(({ touch }) => touch);

function livedBy(name: string, version = later): Lived[] {
  const life = LIVES.find((one) => one.name === name);
  return life ? live(life, version) : [];
}

/** The most of them in any year. */
function mostAYear(lived: readonly Lived[]): number {
  const inYearFrom = (start: number) => lived.filter(({ day }) => day >= start && day < start + 365).length;
  return Math.max(0, ...lived.map(({ day }) => inYearFrom(day)));
}

const CHAIN = ['win-back', 'win-back-news', 'win-back-personal', 'rest'];

describe.each(VERSIONS)('a year of the default playbook, %s', (_, version) => {
  it.each(LIVES)('leaves $name two days between mails, and most weeks none at all', (life) => {
    const days = marketing(live(life, version)).map(({ day }) => day);

    const pauses = days.slice(1).map((day, i) => day - (days[i] ?? 0));
    expect(Math.min(Infinity, ...pauses)).toBeGreaterThanOrEqual(2);
    expect(mostAYear(marketing(live(life, version)))).toBeLessThanOrEqual(18);
  });

  it.each(LIVES)('says the same to $name at most five times a year', (life) => {
    const byTouch = Map.groupBy(marketing(live(life, version)), ({ touch }) => touch);

    for (const same of byTouch.values()) expect(mostAYear(same)).toBeLessThanOrEqual(5);
  });

  it('wins nobody back who buys every week', () => {
    expect(names(livedBy('Iris', version)).filter((touch) => [...CHAIN, 'comeback'].includes(touch))).toEqual(
      [],
    );
  });

  it('answers each of two lapses in five years with one chain, and is silent between them', () => {
    const lived = marketing(livedBy('Bram', version));
    const isOfChain = ({ touch }: Lived) => CHAIN.includes(touch);
    const [firstRest] = lived.filter(({ touch }) => touch === 'rest');
    const next = lived.find(({ day }) => day > (firstRest?.day ?? Infinity));

    expect(names(lived.filter(isOfChain))).toEqual([...CHAIN, ...CHAIN]);
    expect(next?.touch).toBe('comeback');
    expect((next?.day ?? 0) - (firstRest?.day ?? 0)).toBeGreaterThan(4 * 365);
  });

  it('wins back once whose rhythm is slow, and never asks how it was what came back', () => {
    const lived = livedBy('Femke', version);

    expect(names(lived).filter((touch) => touch === 'win-back')).toHaveLength(1);
    expect(lived.filter(({ touch, occasion }) => touch === 'how-was-it' && occasion === 'o-170')).toEqual([]);
  });

  it('sells nothing to who complained until it is made good', () => {
    const [received, made] = ['complaint-received', 'made-good'].map((name) =>
      livedBy('Femke', version).find(({ touch }) => touch === name),
    );
    const between = marketing(livedBy('Femke', version)).filter(
      ({ due }) => due >= (received?.due ?? 0) && due <= (made?.due ?? 0),
    );

    expect([received?.rule.kind, made?.rule.kind]).toEqual(['service', 'service']);
    expect(between).toEqual([]);
  });

  it('stops talking to who does not buy, but for one word about a cart', () => {
    expect(names(livedBy('Daan', version))).toEqual([
      'welcome',
      'reasons',
      'advice',
      'try-it',
      'cart-reminder',
    ]);
  });

  it('asks a promoter for friends, thanks for them, and no more than once', () => {
    const lived = names(livedBy('Noor', version));

    for (const touch of ['ambassador-invitation', 'referral-thanks', 'ambassador-thanks'])
      expect(lived.filter((name) => name === touch)).toHaveLength(1);
  });
});

describe('a year of the default playbook', () => {
  it.each(LIVES)('asks $name to recommend us at most twice', (life) => {
    const asked = live(life, later).filter(({ touch }) => touch === 'nps');

    expect(mostAYear(asked)).toBeLessThanOrEqual(2);
  });

  it('stands in docs/playbook.md as it is played', async () => {
    const docs = await readFile('docs/playbook.md', 'utf8');

    const [, rest = ''] = docs.split(`${BEGIN_YEARS}\n`);
    expect(rest.split(`\n${END_YEARS}`)[0]).toBe(yearsPage(playbook)); // else: npx node test/support/write-years.ts
  });
});
