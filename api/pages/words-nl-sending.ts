import type { enSending } from './words-en-sending.ts';

/** What the pages say of whether mail leaves, in Dutch. */
export const nlSending: typeof enSending = {
  sending: {
    stoppedAll: 'Mail staat stil. Er vertrekt niets, ook geen servicemail; wat aan de beurt komt wacht.',
    stoppedMarketing: 'Marketing staat stil. Servicemail vertrekt gewoon.',
    since: 'Sinds {when}, via {by}.',
    by: {
      api: 'de API',
      command: 'de opdrachtregel',
      page: 'deze pagina’s',
      'circuit-breaker': 'de zekering',
    },
    trips: {
      'spam-complaints':
        'Van de laatste {mails} marketingmails zijn er {spamComplaints} als spam aangemerkt. Zoek uit waarom, voor je weer start.',
      'hard-bounces':
        'Van de laatste {mails} marketingmails kwamen er {hardBounces} voorgoed terug. Zoek uit waarom, voor je weer start.',
    },
    look: 'Bekijk, of start weer',
    rehearsal:
      'Generale repetitie: geen klant krijgt mail. Het team kreeg vandaag {copies} kopieën; {leftOut} andere waren ook verstuurd.',
    rehearsalNoTeam:
      'Generale repetitie: geen klant krijgt mail, en shop.team noemt niemand om kopieën aan te sturen.',
    pilot: 'Proef: {share} van de klanten krijgt mail; voor de anderen wordt die alleen vastgelegd.',
    rehearsedWith: 'Deze klant krijgt geen mail: die wordt alleen vastgelegd.',
    title: 'Vertrekt er mail?',
    stopLink: 'Stop mail',
    leaves: 'Mail vertrekt.',
    waiting: 'Klanten bij wie iets wacht: {count}',
    because: 'Waarom',
    becauseHint: 'Voor wie merkt dat het stilstaat',
    stopLead:
      'Stop je hem, dan vertrekt er nergens meer mail, ook geen servicemail. Wat intussen aan de beurt komt wacht, en er gaat niets verloren.',
    stop: 'Stop alle mail',
    stopMarketing: 'Stop alleen marketing',
    startLead:
      'Wat wachtte wordt opnieuw gepland, het belangrijkste eerst, verspreid over ongeveer {minutes} minuten open uren: zonder stortvloed. Wat over tijd is wordt overgeslagen.',
    start: 'Start mail',
    back: 'Verander niets',
  },
};
