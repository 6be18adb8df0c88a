import { describe, expect, it } from '@jest/globals';
import { personOf } from '../../demo/people.ts';

const people = Array.from({ length: 500 }, (_, index) => personOf(String(index + 1).padStart(4, '0'), '1'));

describe('personOf', () => {
  it('invents the same person for the same seed', () => {
    expect(personOf('0007', '1')).toEqual(people[6]);
  });

  it('gives everyone a mailbox of their own at example.com', () => {
    for (const { email } of people) expect(email).toMatch(/^[a-z]+\.[a-z]+\.\d+@example\.com$/);
    expect(new Set(people.map(({ email }) => email)).size).toBe(500);
  });

  it('mixes Dutch and English, mostly in Amsterdam’s time', () => {
    const share = (is: (person: (typeof people)[number]) => boolean) => people.filter(is).length / 500;

    expect(share(({ locale }) => locale === 'nl')).toBeGreaterThan(0.5);
    expect(share(({ locale }) => locale === 'en')).toBeGreaterThan(0.2);
    expect(share(({ timeZone }) => timeZone === 'Europe/Amsterdam')).toBeGreaterThan(0.7);
    expect(share(({ birthday }) => birthday !== undefined)).toBeGreaterThan(0.3);
  });
});
