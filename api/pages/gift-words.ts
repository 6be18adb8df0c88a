import type { Language } from './words.ts';

const en = {
  title: 'Where may we send it?',
  lead: 'We have a little something for you, and do not know where you live. We use your address for this parcel, and for nothing else.',
  known: 'We have an address for your parcel. If it should go elsewhere, tell us here.',
  name: 'Name',
  line1: 'Street and number',
  line2: 'Flat, company (if any)',
  postalCode: 'Postal code',
  city: 'Town',
  country: 'Country',
  submit: 'Send it here',
  faultTitle: 'This is missing:',
  fault: 'Please fill this in.',
  thanksTitle: 'Thank you',
  thanksLead: 'We send it to {city}. Should you have made a mistake, open the link in the mail once more.',
  goneTitle: 'There is nothing to send any more',
  goneLead:
    'It is on its way to you already, or has come. Is something wrong? Reply to the mail: a person reads it.',
  kept: 'We keep the address until some time after the parcel has left, in case it comes back.',
};

const nl: typeof en = {
  title: 'Waar mogen we het heen sturen?',
  lead: 'We hebben een kleinigheid voor je, en weten niet waar je woont. We gebruiken je adres voor dit pakje, en voor niets anders.',
  known: 'We hebben een adres voor je pakje. Moet het ergens anders heen, zeg het dan hier.',
  name: 'Naam',
  line1: 'Straat en nummer',
  line2: 'Appartement, bedrijf (als het er is)',
  postalCode: 'Postcode',
  city: 'Plaats',
  country: 'Land',
  submit: 'Stuur het hierheen',
  faultTitle: 'Dit ontbreekt nog:',
  fault: 'Vul dit alsjeblieft in.',
  thanksTitle: 'Dank je wel',
  thanksLead: 'We sturen het naar {city}. Heb je je vergist, open dan de link in de mail nog eens.',
  goneTitle: 'Er is niets meer te versturen',
  goneLead:
    'Het is al naar je op weg, of al aangekomen. Klopt er iets niet? Beantwoord de mail: een mens leest dat.',
  kept: 'We bewaren het adres tot enige tijd nadat het pakje weg is, voor het geval het terugkomt.',
};

/** What the page by which customers tell an address says in their language. */
export const GIFT_WORDS: Readonly<Record<Language, typeof en>> = { en, nl };
