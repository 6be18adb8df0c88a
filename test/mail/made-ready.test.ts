import { describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { bothWays, recipients } from '../support/big-news.ts';

const { ours, composer } = await bothWays();

/** What a reader gets: the same whoever made it. */
async function read(raw: Buffer | string) {
  const { subject, from, to, replyTo, messageId, date, html, text, headers } = await PostalMime.parse(raw);
  const list = headers.filter(({ key }) => /^(list-|feedback-id|content-language)/.test(key));
  return {
    ...{ subject, messageId, date, html, text },
    ...{ from, to, replyTo },
    list: list.map(({ key, value }) => `${key}: ${value}`).sort(),
  };
}

describe('renderMail', () => {
  it('makes of a newsletter what cached Handlebars and nodemailer’s composer make of it', async () => {
    for (const { values, headers } of recipients(12)) {
      const [made, composed] = await Promise.all([ours(values, headers), composer(values, headers)]);

      expect(await read(made)).toEqual(await read(composed));
    }
  });

  it('keeps mails apart that are written on one sheet', async () => {
    const people = recipients(40);
    const kept = await Promise.all(people.map(({ values, headers }) => ours(values, headers)));

    for (const [at, { values, headers }] of people.entries()) {
      expect(await ours(values, headers)).toBe(kept[at]);
    }
  });
});
