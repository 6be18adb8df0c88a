import type { TeamNews } from '../domain/team-news.ts';

/** A mail to the team: of several things it says so in its own words. `{list}` is each thing in a line. */
type Letter = {
  readonly subject: string;
  readonly subjectOne?: string;
  readonly text: readonly string[];
  /** The page that the mail ends with. */
  readonly path: string;
};

type Words = {
  readonly what: { readonly 'spam-complaints': string; readonly 'hard-bounces': string };
  readonly letters: Readonly<Record<Exclude<TeamNews['about'], 'case'>, Letter>>;
};

const en: Words = {
  what: { 'spam-complaints': 'spam complaints', 'hard-bounces': 'mails that came back' },
  letters: {
    paused: {
      subject: 'Marketing is paused: too many {what}',
      text: [
        'Rapport has paused all marketing mail of {shop}. Service mail still leaves.',
        'Of the last {mails} marketing mails {spamComplaints} were called spam by who got them, and {hardBounces} came back because there is no such address.',
        'From 0.3% spam complaints or 5% bounces on, mailbox providers begin to refuse all mail of a shop. So find out first what went wrong: an imported list, a wrong segment, a touch that nobody wants.',
        'Nothing is lost: what comes due waits. Start marketing again by hand, here:',
      ],
      path: '/sending',
    },
    'low-stock': {
      subject: 'Only {left} codes are left of {pool}',
      text: [
        'Of the {total} codes of the pool “{pool}” {left} are left.',
        'When the last one is given, whoever is due to get one is skipped. Hand in new codes by POST /v1/coupon-pools/{pool}; what is left of everything is told by GET /v1/surprises, at:',
      ],
      path: '',
    },
    'tasks-given': {
      subject: '{count} tasks for you',
      subjectOne: 'A task for you: {first}',
      text: ['{list}', 'Whoever takes one says so here, or that it cannot be done:'],
      path: '/tasks',
    },
    'tasks-waiting': {
      subject: '{count} tasks have waited for three days',
      subjectOne: 'A task has waited for three days: {first}',
      text: ['{list}', 'Somebody counts on it that it is done. Say here that it was, or that it cannot be:'],
      path: '/tasks',
    },
    'gifts-waiting': {
      subject: '{count} gifts have waited for three days',
      subjectOne: 'A gift has waited for three days: {first}',
      text: ['{list}', 'The customers were told of them. Send them, and say so here:'],
      path: '/gifts',
    },
    'tell-data': {
      subject: 'A customer asks for their data',
      text: [
        'By {source} a customer of {shop} asks what is kept of them. The law gives you a month (GDPR art. 12).',
        'Write it to a file, hand it over, and say that it was answered:',
        'rapport request export {request}\nrapport request answered {request}',
        'This came from:',
      ],
      path: '',
    },
    'erase-customer': {
      subject: 'A customer asks to be erased',
      text: [
        'By {source} a customer of {shop} asks to be erased. The law gives you a month (GDPR art. 12).',
        'This erases them here, and answers the request:',
        'rapport request erase {request}',
        'This came from:',
      ],
      path: '',
    },
    'erase-shop': {
      subject: 'A shop asks to be erased',
      text: [
        'By {source} a shop that {shop} was connected to says that it has gone, and asks that its customers be erased.',
        'Nothing was done yet, as Rapport cannot tell whose customers they are today. Erase those who are to go (rapport erase), and say that it was answered:',
        'rapport request answered {request}',
        'This came from:',
      ],
      path: '',
    },
  },
};

const nl: Words = {
  what: { 'spam-complaints': 'spamklachten', 'hard-bounces': 'mails die terugkwamen' },
  letters: {
    paused: {
      subject: 'Marketing staat stil: te veel {what}',
      text: [
        'Rapport heeft alle marketingmail van {shop} stilgezet. Servicemail vertrekt gewoon.',
        'Van de laatste {mails} marketingmails zijn er {spamComplaints} door wie ze kreeg als spam aangemerkt, en kwamen er {hardBounces} terug omdat het adres niet bestaat.',
        'Vanaf 0,3% spamklachten of 5% terugkomers gaan mailproviders alle mail van een winkel weigeren. Zoek daarom eerst uit wat er misging: een geïmporteerde lijst, een verkeerd segment, een mail die niemand wil.',
        'Er gaat niets verloren: wat aan de beurt komt wacht. Start marketing met de hand weer, hier:',
      ],
      path: '/sending',
    },
    'low-stock': {
      subject: 'Nog maar {left} codes over van {pool}',
      text: [
        'Van de {total} codes van de voorraad “{pool}” zijn er nog {left}.',
        'Is de laatste vergeven, dan valt wie er een zou krijgen af. Lever nieuwe codes aan met POST /v1/coupon-pools/{pool}; wat er van alles over is vertelt GET /v1/surprises, op:',
      ],
      path: '',
    },
    'tasks-given': {
      subject: '{count} taken voor jullie',
      subjectOne: 'Een taak voor jullie: {first}',
      text: ['{list}', 'Wie er een doet zegt dat hier, of dat het niet kan:'],
      path: '/tasks',
    },
    'tasks-waiting': {
      subject: '{count} taken liggen al drie dagen',
      subjectOne: 'Een taak ligt al drie dagen: {first}',
      text: [
        '{list}',
        'Er wordt op gerekend dat het gebeurt. Zeg hier dat het gedaan is, of dat het niet kan:',
      ],
      path: '/tasks',
    },
    'gifts-waiting': {
      subject: '{count} cadeaus liggen al drie dagen',
      subjectOne: 'Een cadeau ligt al drie dagen: {first}',
      text: ['{list}', 'De klanten weten ervan. Verstuur ze, en zeg dat hier:'],
      path: '/gifts',
    },
    'tell-data': {
      subject: 'Een klant vraagt om hun gegevens',
      text: [
        'Via {source} vraagt een klant van {shop} wat er van hen bewaard wordt. De wet geeft jullie een maand (AVG art. 12).',
        'Schrijf het naar een bestand, overhandig het, en zeg dat het beantwoord is:',
        'rapport request export {request}\nrapport request answered {request}',
        'Dit kwam van:',
      ],
      path: '',
    },
    'erase-customer': {
      subject: 'Een klant vraagt om gewist te worden',
      text: [
        'Via {source} vraagt een klant van {shop} om gewist te worden. De wet geeft jullie een maand (AVG art. 12).',
        'Dit wist de klant hier, en beantwoordt het verzoek:',
        'rapport request erase {request}',
        'Dit kwam van:',
      ],
      path: '',
    },
    'erase-shop': {
      subject: 'Een winkel vraagt om gewist te worden',
      text: [
        'Via {source} laat een winkel waarmee {shop} verbonden was weten dat zij weg is, en vraagt dat haar klanten gewist worden.',
        'Er is nog niets gedaan, want Rapport kan niet zeggen wiens klanten het nu zijn. Wis wie er gewist moet worden (rapport erase), en zeg dat het beantwoord is:',
        'rapport request answered {request}',
        'Dit kwam van:',
      ],
      path: '',
    },
  },
};

export const TEAM_WORDS = { en, nl } as const;
