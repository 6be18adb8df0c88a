import { isTelling } from '../../domain/interval.ts';
import { PHASES } from '../../domain/phases.ts';
import { type Result, type ResultCount, resultsOf } from '../../domain/results.ts';
import { channelName } from './met-table.ts';
import { percentIn, type Scale, scaleOf, upliftShown } from './uplift-shown.ts';
import { touchName } from './voice.ts';
import { fill, type Language, WORDS } from './words.ts';

/** Results as the page shows them, of touches and of phases on one scale. */
export function resultsShown(
  touches: readonly ResultCount[],
  phases: readonly ResultCount[],
  language: Language,
) {
  const [perTouch, perPhase] = [resultsOf(touches), resultsOf(phases).toSorted(byPhase)];
  const scale = scaleOf([...perTouch, ...perPhase]);
  const words = WORDS[language];
  const inPhase = (name: string) => PHASES.find((phase) => phase === name);
  return {
    touches: perTouch.map((result) => shown(result, touchName(words, result.name), scale, language)),
    phases: perPhase.map((result) => {
      const phase = inPhase(result.name);
      return shown(result, phase ? words.phases[phase] : result.name, scale, language);
    }),
  };
}

function byPhase(a: Result, b: Result): number {
  const phases: readonly string[] = PHASES;
  const place = ({ name }: Result) => phases.indexOf(name);
  return place(a) - place(b) || b.sent - a.sent;
}

function shown(result: Result, name: string, scale: Scale, language: Language) {
  const { channel } = result;
  return {
    name,
    channel: channel === undefined ? '' : channelName(channel, language),
    sent: sentOf(result, language),
    facts: factsOf(result, language),
    ...upliftShown(result, scale, language),
  };
}

function sentOf({ sent, heldOut, playbooks }: Result, language: Language): string {
  const words = WORDS[language].results;
  const number = new Intl.NumberFormat(language);
  const versions = new Intl.ListFormat(language).format(playbooks.map(String));
  const parts = [
    fill(sent === 1 ? words.sentOne : words.sent, { count: number.format(sent) }),
    ...(heldOut > 0 ? [fill(words.heldOut, { count: number.format(heldOut) })] : []),
    fill(playbooks.length === 1 ? words.version : words.versions, { versions }),
  ];
  return parts.join(' · ');
}

/** What else came of it, as far as anything did. */
function factsOf(result: Result, language: Language): readonly string[] {
  const words = WORDS[language].results;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const percent = percentIn(language);
  const { answers, scored, meanScore, granted, redeemed, sent } = result;
  const told = (text: string, count: number) => {
    const share = isTelling({ count, of: sent }) ? ` (${percent(count / sent)})` : '';
    return count > 0 ? [fill(text, { count: number.format(count), share })] : [];
  };
  return [
    ...told(words.answers, answers),
    ...(meanScore === null
      ? []
      : [fill(words.score, { score: number.format(meanScore), count: number.format(scored) })]),
    ...(granted > 0
      ? [fill(words.grants, { granted: number.format(granted), redeemed: number.format(redeemed) })]
      : []),
    ...Object.entries(result.cost).map(([currency, cost]) =>
      fill(words.cost, { cost: money(cost, currency, language) }),
    ),
    ...told(words.unsubscribes, result.unsubscribes),
    ...told(words.complaints, result.complaints),
    ...told(words.spamComplaints, result.spamComplaints),
    ...told(words.rejected, result.rejected),
  ];
}

function money(minor: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
