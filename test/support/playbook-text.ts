import { lineFor, readPlaybook } from '../../domain/read-playbook.ts';

const TEMPLATES = [
  'thank-you',
  'welcome',
  'good-to-know',
  'about-you',
  'goes-well',
  'win-back',
  'small-treat',
];

export const SHOP = `shop:
  name: Zuiderzon
  from: anna
  replyTo: help@shop.example
  locale: nl
  timeZone: Europe/Amsterdam
  currency: EUR
  address: Kade 1, Groningen
`;

/** Reads a playbook of which this is the rest, from line 9 on. */
export function read(rest: string, locale = 'nl') {
  return readPlaybook(`${SHOP.replace('nl', locale)}${rest}`, { templates: TEMPLATES });
}

export function errorsOf(rest: string): string[] {
  const outcome = read(rest);
  return outcome.kind === 'refused' ? outcome.errors.map(lineFor) : [];
}

export function warningsOf(rest: string, locale?: string): string[] {
  const outcome = read(rest, locale);
  return outcome.kind === 'read'
    ? outcome.warnings.map(lineFor)
    : ['refused', ...outcome.errors.map(lineFor)];
}

export const inPhase = (phase: string, rules: string) => `phases:\n  ${phase}:\n    ${rules}\n`;
