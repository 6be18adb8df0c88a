import { type PlacedTouch, touchesOf } from './build-playbook.ts';
import { checkLoyalty } from './check-loyalty.ts';
import { checkSurprises } from './check-surprises.ts';
import { checkTiers } from './check-tiers.ts';
import { checkTopics } from './check-topics.ts';
import { type CheckContext, checkTouch } from './check-touch.ts';
import { OWN_TOUCHES } from './own-touches.ts';
import { INVARIANTS, PHASES, type Phase } from './phases.ts';
import type { PlaybookDocument } from './playbook-schema.ts';
import type { Problem } from './strict.ts';
import { pointTouches } from './yearly-points.ts';

/** What a document must not say although each word of it is right. */
export function checkPlaybook(document: PlaybookDocument, templates: readonly string[]): Problem[] {
  const touches = touchesOf(document);
  const context: CheckContext = {
    templates,
    surprises: Object.keys(document.surprises),
    people: Object.keys(document.shop.people ?? {}),
    topics: Object.keys(document.topics ?? {}),
  };
  return [
    ...checkNames([...touches, ...pointsTouches(document)]),
    ...checkTopics(document, touches),
    ...checkLoyalty(document, touches),
    ...checkSurprises(document),
    ...checkTiers(document, touches),
    ...touches.flatMap((placed) => checkTouch(placed, context)),
    ...PHASES.flatMap((phase) => [...checkAsks(phase, touches), ...checkMoves(phase, document)]),
  ];
}

/** Those that no marketer writes: their names are taken. */
function pointsTouches({ loyalty }: PlaybookDocument): PlacedTouch[] {
  return pointTouches(loyalty).map((touch) => ({ touch, path: ['loyalty', 'points', 'earn'] }));
}

/** Touch names are unique in a playbook: they name templates and sends. */
function checkNames(touches: readonly PlacedTouch[]): Problem[] {
  const first = new Map<string, readonly string[]>();
  return touches.flatMap(({ touch, path }) => {
    const earlier = first.get(touch.name);
    if (OWN_TOUCHES.includes(touch.name))
      return [{ path, message: `"${touch.name}" is a touch of Rapport's own` }];
    if (!earlier) first.set(touch.name, path);
    if (!earlier) return [];
    return [
      { path, message: `"${touch.name}" is the name of another touch, ${earlier.slice(0, -1).join('.')}` },
    ];
  });
}

function checkAsks(phase: Phase, touches: readonly PlacedTouch[]): Problem[] {
  const { mostAsks } = INVARIANTS[phase];
  const asking = touches.filter(({ touch }) => touch.phase === phase && touch.asks !== undefined);
  return asking.slice(mostAsks).map(({ path }) => ({
    path: [...path, 'ask'],
    message: `is one question too many: ${phase} asks at most ${mostAsks}`,
  }));
}

function checkMoves(phase: Phase, { phases }: PlaybookDocument): Problem[] {
  const { movesOn, fallsBack } = phases[phase];
  const base = ['phases', phase];
  const moves = movesOn.flatMap((rule, i) => checkMove(phase, rule, [...base, 'movesOn', i]));
  if (!fallsBack || PHASES.indexOf(fallsBack.to) < PHASES.indexOf(phase)) return moves;
  return [
    ...moves,
    {
      path: [...base, 'fallsBack', 'to'],
      message: `${fallsBack.to} is not before ${phase}`,
      hint: 'use movesOn',
    },
  ];
}

type MoveDocument = PlaybookDocument['phases'][Phase]['movesOn'][number];

function checkMove(phase: Phase, { to, after, when }: MoveDocument, path: readonly PropertyKey[]): Problem[] {
  if (PHASES.indexOf(to) <= PHASES.indexOf(phase)) {
    const hint = 'a journey moves forward only; fallsBack answers an event';
    return [{ path: [...path, 'to'], message: `${to} is not after ${phase}`, hint }];
  }
  if (!after && !when) return [{ path, message: 'moves everybody on at once', hint: 'give when, or after' }];
  if (after || !/"\$(older|newer)Than":/.test(JSON.stringify(when))) return [];
  const hint = 'add after: a moment at which it is asked';
  return [{ path: [...path, 'when'], message: 'asks for an age, and a date alone wakes nobody', hint }];
}
