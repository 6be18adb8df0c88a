import { describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import type { TeamNews } from '../../domain/team-news.ts';
import { teamMail } from '../../mail/team-mail.ts';
import { NOON } from '../support/builders.ts';
import { aShop } from '../support/mails.ts';

const REQUEST = { request: 'shopify/tell-data/2xJ4', source: 'shopify' };
const NEWS: readonly TeamNews[] = [
  { about: 'paused', trip: { cause: 'hard-bounces', mails: 1_000, spamComplaints: 0, hardBounces: 50 } },
  { about: 'low-stock', pool: 'summer', total: 100, left: 9 },
  { about: 'tasks-given', tasks: ['a'] },
  { about: 'tasks-waiting', tasks: ['a'] },
  { about: 'gifts-waiting', gifts: ['a'] },
  { about: 'tell-data', ...REQUEST },
  { about: 'erase-customer', ...REQUEST },
  { about: 'erase-shop', ...REQUEST },
];
const PLACES = ['en-GB', 'nl-NL'].flatMap((locale) => NEWS.map((news) => ({ locale, news })));

describe('teamMail', () => {
  it.each(PLACES)('tells of $news.about in $locale, in whole sentences', async ({ locale, news }) => {
    const told = { id: 'one', news, at: NOON };
    const of = { shop: { ...aShop(), locale }, publicUrl: 'https://rapport.example', lines: ['A', 'B'] };

    const { raw } = teamMail(told, { ...of, to: 'team@shop.example' });
    const { subject = '', text = '' } = await PostalMime.parse(raw);

    expect(`${subject}${text}`).not.toMatch(/[{}]|undefined/);
    expect(subject.length).toBeGreaterThan(10);
    expect(text.trimEnd()).toMatch(/https:\/\/rapport\.example[/\w]*$/);
    if ('request' in news) expect(text).toMatch(new RegExp(`rapport request \\w+ ${news.request}`));
  });
});
