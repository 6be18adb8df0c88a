import { describe, expect, it } from '@jest/globals';
import { handOf, wayLeft, whyDone } from '../../api/pages/told-by.ts';
import { WORDS } from '../../api/pages/words.ts';
import type { ConsentProof } from '../../domain/consent-proof.ts';

const { en, nl } = WORDS;
const UNSUBSCRIBED = { type: 'unsubscribe', source: 'rapport' };

describe('wayLeft', () => {
  it.each([
    [
      'one-click',
      'by the unsubscribe button of their mail program',
      'met de afmeldknop van het mailprogramma',
    ],
    ['page', 'by the link in a mail', 'via de link in een mail'],
    ['mailto', 'by a mail to our unsubscribe address', 'met een mail naar ons afmeldadres'],
    ['provider', 'passed on by the mail provider', 'doorgegeven door de mailprovider'],
    ['reply', 'in an answer to a mail', 'in een antwoord op een mail'],
    ['team', 'noted by somebody here', 'genoteerd door iemand hier'],
  ])('says %s in the words of the page', (how, inEnglish, inDutch) => {
    expect(wayLeft({ ...UNSUBSCRIBED, how }, en)).toBe(inEnglish);
    expect(wayLeft({ ...UNSUBSCRIBED, how }, nl)).toBe(inDutch);
  });

  it.each<[string, Pick<ConsentProof, 'how' | 'type' | 'source'>, string]>([
    ['by their preference page', { type: 'consent', source: 'rapport' }, 'op de eigen voorkeurenpagina'],
    ['as spam', { type: 'spam-complaint', source: 'rapport' }, 'een mail werd als spam gemeld'],
    ['as the shop told', { type: 'profile', source: 'shopify' }, 'doorgegeven door “shopify”'],
    [
      'by a way of the shop’s',
      { type: 'profile', source: 'till', how: 'toString' },
      'doorgegeven door “till”',
    ],
    ['by a way nobody told', UNSUBSCRIBED, ''],
  ])('says who left %s', (_, told, said) => {
    expect(wayLeft(told, nl)).toBe(said);
  });
});

describe('whyDone', () => {
  it.each([
    [{ because: 'preferences' }, 'Eigen keuze, op de voorkeurenpagina'],
    [{ because: 'op verzoek', by: 'anna' }, 'anna: op verzoek'],
    [{ because: 'op verzoek', by: 'page' }, 'Iemand hier: op verzoek'],
    [{ by: 'anna' }, undefined],
  ])('says of %j why, and who', (data, said) => {
    expect(whyDone(data, nl)).toBe(said);
  });
});

describe('handOf', () => {
  it.each([
    ['anna (command)', 'anna'],
    ['anna (webshop)', 'anna (webshop)'],
    ['command', 'Somebody here'],
  ])('calls %s as a colleague would', (by, name) => {
    expect(handOf(by, en)).toBe(name);
  });
});
