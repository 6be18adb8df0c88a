import type { Customer } from '../domain/customer.ts';
import { factsOf } from '../domain/facts.ts';
import type { Appointment } from '../domain/journey.ts';
import { WISHES } from '../domain/own-cap.ts';
import { PHASES, type Phase } from '../domain/phases.ts';
import type { MoveRule, Playbook } from '../domain/playbook.ts';
import { phaseOf, sinceOf, stateOf } from './journey-state.ts';
import { leaveWords } from './pages/leave-words.ts';
import { conditionsOf, contactRules, ruleOf, spanInWords, whyWords } from './pages/rule-words.ts';
import { touchName } from './pages/voice.ts';
import { causeOf, dateIn, objectionInWords, type Speaking } from './pages/why-words.ts';
import { fill, type Language, WORDS } from './pages/words.ts';

/**
 * The logic by which it is decided what a customer gets, and what follows from it for them (GDPR art. 15(1)(h)): how
 * deciding works, what holds for all, where they stand and why, what comes and why.
 */
export function logicOf(speaking: Speaking) {
  const { customer, playbook, language, now } = speaking;
  const words = WORDS[language];
  const phase = phaseOf(customer, playbook, now);
  return {
    howItIsDecided: whyWords(language).logic,
    forEverybody: contactRules(playbook, language),
    youAreIn: {
      phase: words.phases[phase],
      about: words.phaseNotes[phase],
      since: dateIn(speaking, sinceOf(customer)),
      state: words.states[stateOf(customer, now)],
      objection: objectionInWords(speaking) ?? null,
      mailsAtMost: oftenInWords(speaking) ?? null,
      getsNoMarketingByLot: isHeldOut(customer, playbook, phase),
    },
    goingOn: Object.fromEntries(PHASES.map((one) => [words.phases[one], goingOn(one, playbook, language)])),
    next: (customer.journey?.agenda ?? []).map((one) => nextOf(one, speaking)),
    mails: playbook.touches.map((touch) => ({
      name: touchName(words, touch.name),
      rule: ruleOf(touch, playbook, language),
    })),
  };
}

/** How often they wish to be written to. */
function oftenInWords({ customer, language }: Speaking): string | undefined {
  const { everyDays = 0 } = customer.known.profile;
  const wish = WISHES.find((days) => days === everyDays);
  return wish === undefined ? undefined : leaveWords(language).often[wish];
}

function isHeldOut(customer: Customer, playbook: Playbook, phase: Phase): boolean {
  return factsOf(customer, 0, { phase, since: sinceOf(customer) }, playbook).holdout;
}

/** By what one leaves a part of the acquaintance, on or back. */
function goingOn(phase: Phase, playbook: Playbook, language: Language): readonly string[] {
  const words = whyWords(language);
  const { movesOn, fallsBack } = playbook.phases[phase];
  const back = fallsBack && {
    phase: WORDS[language].phases[fallsBack.to],
    on: fallsBack.on.map((on) => onInWords(on, language)).join(', '),
  };
  const lines = [
    ...movesOn.map((rule) => moveInWords(rule, playbook, language)),
    ...(back ? [fill(words.fallsBack, back)] : []),
  ];
  return lines.length > 0 ? lines : [words.stays];
}

function onInWords(on: string, language: Language): string {
  const { ons } = whyWords(language);
  const names: Readonly<Record<string, string>> = ons;
  return fill(names[on] ?? ons.other, { type: on });
}

function moveInWords({ to, after, when }: MoveRule, playbook: Playbook, language: Language): string {
  const words = whyWords(language);
  const phase = WORDS[language].phases[to];
  const conditions = when ? conditionsOf(when, playbook, language) : words.always;
  if (!after) return fill(words.movesOn, { phase, conditions });
  return fill(words.movesAfter, { phase, conditions, after: spanInWords(after, language) });
}

function nextOf({ touch: name, occasion, due, because }: Appointment, speaking: Speaking) {
  const { playbook, language } = speaking;
  const touch = playbook.touches.find((one) => one.name === name);
  return {
    mail: touchName(WORDS[language], name),
    due: due === undefined ? null : new Date(due).toISOString(),
    because: causeOf(because, occasion, speaking),
    rule: touch ? ruleOf(touch, playbook, language) : [],
  };
}
