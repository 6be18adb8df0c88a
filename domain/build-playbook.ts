import { surprisesIn } from './build-surprises.ts';
import { ownTouches } from './own-touches.ts';
import { PHASES, type Phase } from './phases.ts';
import type { PhaseRules, Playbook, Touch } from './playbook.ts';
import type { PlaybookDocument, TouchDocument } from './playbook-schema.ts';
import { topicsIn } from './topics.ts';
import { pointTouches } from './yearly-points.ts';

/** A touch, with where it stands in the document. */
export type PlacedTouch = { readonly touch: Touch; readonly path: readonly string[] };

/** All touches of a document: those of `always`, then those of each phase. */
export function touchesOf({ always, phases }: PlaybookDocument): PlacedTouch[] {
  const inPhases = PHASES.flatMap((phase) =>
    Object.entries(phases[phase].touches).map(([name, written]) => ({
      touch: touchOf(name, written, phase),
      path: ['phases', phase, 'touches', name],
    })),
  );
  const inAll = Object.entries(always).map(([name, written]) => ({
    touch: touchOf(name, written),
    path: ['always', name],
  }));
  return [...inAll, ...inPhases];
}

/** The playbook that a checked document describes; unpublished, so version 0. */
export function buildPlaybook(document: PlaybookDocument, touches: readonly Touch[]): Playbook {
  const { shop, contact, mode, topics, profile, lapseAfter, retention, loyalty, complaints, phases } =
    document;
  return {
    version: 0,
    shop,
    contact,
    ...(mode ? { mode } : {}),
    ...(topics ? { topics: topicsIn(document) } : {}),
    ...(Object.keys(document.surprises).length > 0 ? { surprises: surprisesIn(document.surprises) } : {}),
    ...(profile ? { profile } : {}),
    ...(lapseAfter ? { lapseAfter } : {}),
    ...(retention ? { retention } : {}),
    ...(loyalty ? { loyalty } : {}),
    ...(complaints ? { complaints } : {}),
    touches: [...touches, ...pointTouches(loyalty), ...ownTouches(document)],
    phases: {
      'first-contact': rulesOf(phases['first-contact']),
      'getting-acquainted': rulesOf(phases['getting-acquainted']),
      relationship: rulesOf(phases.relationship),
      ambassador: rulesOf(phases.ambassador),
    },
  };
}

function rulesOf({ movesOn, fallsBack }: PlaybookDocument['phases'][Phase]): PhaseRules {
  return { movesOn, ...(fallsBack ? { fallsBack } : {}) };
}

function touchOf(name: string, written: TouchDocument, phase?: Phase): Touch {
  const { on, ask, topic, ...rest } = written;
  return {
    ...rest,
    name,
    topic: topic ?? topicOf(written),
    ...(typeof on === 'string' ? { on } : { on: 'every', every: on.every }),
    ...(phase ? { phase } : {}),
    ...(ask ? { asks: ask } : {}),
  };
}

/** What a touch is about where it does not say. */
function topicOf({ kind, ask }: TouchDocument): string {
  if (kind === 'service') return 'service';
  return ask ? 'surveys' : 'news';
}
