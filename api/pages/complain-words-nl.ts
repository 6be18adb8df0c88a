import type { ComplainWords } from './complain-words.ts';

/** What the page by which customers tell that something is wrong says in Dutch. */
export const complainNl: ComplainWords = {
  link: 'Klopt er iets niet? Zeg het ons',
  title: 'Klopt er iets niet? Zeg het ons',
  lead: 'Iemand van {shop} leest het, en antwoordt binnen {within}.',
  leadTo: 'Iemand van {shop} leest het, en antwoordt binnen {within}, aan {email}.',
  calm: 'Tot het is rechtgezet krijg je geen reclame van ons.',
  underway: 'We zijn al bezig met iets dat je ons vertelde. Vul het hier aan, of vertel iets anders.',
  order: 'Over welke bestelling gaat het?',
  orderOf: 'Van {date}',
  noOrder: 'Iets anders',
  text: 'Wat klopt er niet?',
  textHint: 'In je eigen woorden. Waarmee is het goed?',
  send: 'Verstuur',
  missing: 'Schrijf wat er niet klopt, hoe kort ook.',
  tooLong:
    'Dit is meer dan we in één keer aankunnen: hoogstens {most} tekens. Er is niets weg; maak het korter.',
  doneTitle: 'Dank je wel dat je het zegt',
  toPreferences: 'Kies wat er komt, en hoe vaak',
};
