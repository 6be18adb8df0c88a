import { dayNumber } from '../../domain/local-time.ts';
import type { Playbook, Span, Touch } from '../../domain/playbook.ts';
import { type SimulatedTouch, simulate } from '../../domain/simulate.ts';
import { isSupported } from '../../domain/support.ts';
import { DAY } from './builders.ts';
import { BEGIN, LIVES, type Life } from './lives.ts';

/** Around the years in `docs/playbook.md`. */
export const BEGIN_YEARS = '<!-- years: written by test/support/write-years.ts -->';
export const END_YEARS = '<!-- years end -->';

const ZONE = 'Europe/Amsterdam';

/** What a life brings under a playbook, in order of time. */
export type Lived = SimulatedTouch & {
  /** From the first event, by the calendar. */
  readonly day: number;
  readonly rule: Touch;
};

/** Plays a life; nobody is held out. */
export function live({ events, days }: Life, playbook: Playbook): Lived[] {
  const forAll = { ...playbook, contact: { ...playbook.contact, holdout: 0 } };
  return simulate(events, forAll, BEGIN + days * DAY).touches.flatMap((touch) => {
    const rule = playbook.touches.find(({ name }) => name === touch.touch);
    const day = dayNumber(touch.due, ZONE) - dayNumber(BEGIN, ZONE);
    return rule && touch.outcome.kind === 'accepted' ? [{ ...touch, day, rule }] : [];
  });
}

/** The playbook as a version would play it that can do all that it asks for. */
export function ofLaterVersions(playbook: Playbook): Playbook {
  const touches = playbook.touches.map(({ suggest: _, referral: __, by: ___, ...touch }) => touch);
  return { ...playbook, touches };
}

/** The part of `docs/playbook.md` that shows what the default playbook comes to. */
export function yearsPage(playbook: Playbook): string {
  const { touches } = playbook;
  const later = new Set(touches.filter((touch) => !isSupported(touch)).map(({ name }) => name));
  return LIVES.map((life) => lifeSection(life, live(life, ofLaterVersions(playbook)), later)).join('\n\n');
}

function lifeSection(
  { name, does, days }: Life,
  lived: readonly Lived[],
  later: ReadonlySet<string>,
): string {
  const others = lived.filter(({ touch }) => touch !== 'thank-you');
  const marketing = others.filter(({ rule }) => rule.kind === 'marketing');
  const now = marketing.filter(({ touch }) => !later.has(touch));
  const span = days > 365 ? `${Math.round(days / 365)} years` : 'a year';
  return [
    `### ${name} ${does}`,
    '',
    `In ${span}: ${lived.length - others.length} times a thank-you, an hour after each order; ${now.length} marketing`,
    `mails now, ${marketing.length} with what later versions do.`,
    '',
    '| day | touch | it answers |  |',
    '| ---: | --- | --- | --- |',
    ...others.map(({ day, touch, rule }) => {
      const remark = later.has(touch) ? 'later' : rule.kind === 'service' ? 'service' : '';
      return `| ${day} | \`${touch}\` | ${inWords(rule)} | ${remark} |`;
    }),
  ].join('\n');
}

/** `delivered, after 10 days`. */
function inWords({ on, every, after }: Touch): string {
  const cause = every ? `every ${spanInWords(every)}` : on;
  return Object.keys(after).length > 0 ? `${cause}, after ${spanInWords(after)}` : cause;
}

function spanInWords(span: Span): string {
  return Object.entries(span)
    .map(([unit, count]) => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`)
    .join(' ');
}
