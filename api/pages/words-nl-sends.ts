import type { enSends } from './words-en-sends.ts';

/** What the pages say of mails that wait for a person, in Dutch. */
export const nlSends: typeof enSends = {
  sends: {
    title: 'Mails die op u wachten',
    lead: 'Niemand weet wat hiervan geworden is. Vraag het de klant of uw mailprovider en zeg wat u weet; of stuur opnieuw: de mail vertrekt dan nog één keer, volgens dezelfde regels als elke mail.',
    empty: 'Er wacht niets op u: van elke mail is bekend wat ervan geworden is.',
    more: 'Er zijn er meer; dit zijn de laatste.',
    unknown:
      'Misschien is hij aangekomen: de verbinding ging verloren tijdens het overdragen. Vanzelf gaat hij niet nog eens.',
    failed: 'Opgegeven nadat het telkens mislukte ({type}).',
    because: 'Wat u weet van “{touch}” (mag leeg blijven)',
    arrived: 'Is aangekomen',
    lost: 'Nooit aangekomen',
    again: 'Stuur opnieuw',
    page: 'gezegd op de pagina',
    told: {
      done: 'Genoteerd.',
      known:
        'Er is niets veranderd: wat van die mail geworden is, is al bekend, of deze klant kan niets gestuurd worden.',
    },
    said: {
      arrived: '{by} zei op {when} dat hij is aangekomen: {because}',
      lost: '{by} zei op {when} dat hij nooit is aangekomen: {because}',
      'send-again': '{by} liet hem op {when} opnieuw versturen: {because}',
    },
    waiting: '{count} mails wachten op u: niemand weet wat ervan geworden is',
    waitingOne: 'Eén mail wacht op u: niemand weet wat ervan geworden is',
    waitingMany: 'Meer dan {count} mails wachten op u: niemand weet wat ervan geworden is',
  },
};
