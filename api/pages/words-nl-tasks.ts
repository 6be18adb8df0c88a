import type { enTasks } from './words-en-tasks.ts';

/** What the pages say of what the team is to do, in Dutch. */
export const nlTasks: typeof enTasks = {
  tasks: {
    title: 'Met de hand te doen',
    lead: 'Hiervoor vraagt het draaiboek een mens. Wie er een gedaan heeft zegt dat hier, en ook wie merkt dat het niet kan.',
    empty: 'Er is nu niets met de hand te doen.',
    more: 'Er zijn er meer; deze liggen er het langst.',
    by: 'Wie u bent, bij “{todo}”',
    byShort: 'Wie u bent',
    note: 'Wat er te zeggen is van “{todo}” (mag leeg blijven)',
    noteShort: 'Wat er te zeggen is (mag leeg blijven)',
    done: 'Gedaan',
    cannot: 'Kan niet',
    page: 'pagina',
    told: {
      done: 'Genoteerd.',
      known: 'Er is niets veranderd: iemand had al gezegd wat ervan geworden is.',
    },
    waiting: '{count} dingen met de hand te doen',
    waitingOne: 'Eén ding met de hand te doen',
    waitingMany: 'Meer dan {count} dingen met de hand te doen',
    given: '{touch} ligt klaar om met de hand te doen',
    notGiven: '{touch} is aan niemand gegeven: {reason}',
  },
  gifts: {
    title: 'Cadeaus om te versturen',
    lead: 'De klanten weten hiervan. Zeg hier wat er weg is.',
    empty: 'Er is nu geen cadeau om te versturen.',
    more: 'Er zijn er meer; deze liggen er het langst. In het bestand staan ze allemaal.',
    csv: 'Alle waarvan het adres bekend is, als bestand (CSV)',
    noAddress: 'Nog geen adres: de klant is er in de mail om gevraagd.',
    by: 'Wie u bent, bij “{what}” voor {name}',
    byShort: 'Wie u bent (mag leeg blijven)',
    sent: 'Het is weg',
    page: 'pagina',
    told: { done: 'Genoteerd.', known: 'Er is niets veranderd: het was al weg, of hoeft niet meer weg.' },
    waiting: '{count} cadeaus om te versturen',
    waitingOne: 'Eén cadeau om te versturen',
    waitingMany: 'Meer dan {count} cadeaus om te versturen',
  },
};
