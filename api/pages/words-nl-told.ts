import type { enTold } from './words-en-told.ts';

/** What the pages say of who did something and by which way, in Dutch. */
export const nlTold: typeof enTold = {
  told: {
    ways: {
      'one-click': 'met de afmeldknop van het mailprogramma',
      page: 'via de link in een mail',
      mailto: 'met een mail naar ons afmeldadres',
      reply: 'in een antwoord op een mail',
      team: 'genoteerd door iemand hier',
      provider: 'doorgegeven door de mailprovider',
      preferences: 'op de eigen voorkeurenpagina',
      'spam-complaint': 'een mail werd als spam gemeld',
    },
    system: 'doorgegeven door “{source}”',
    preferences: 'Eigen keuze, op de voorkeurenpagina',
    someone: 'Iemand hier',
  },
};
