import type { PlacedTouch } from './build-playbook.ts';
import { INVARIANTS } from './phases.ts';
import type { Touch } from './playbook.ts';
import type { Problem } from './strict.ts';
import { didYouMean } from './suggest.ts';

/** What a touch may refer to. */
export type CheckContext = { readonly templates: readonly string[]; readonly surprises: readonly string[] };

/** What only Rapport says, and what no touch answers. */
const SILENT = [
  'pause',
  'resume',
  'move',
  'end',
  'merged',
  'erased',
  'consent',
  'unsubscribe',
  'bounce',
  'spam-complaint',
];
/** Nobody waits for an answer to these: what is sent then is marketing. */
const NEVER_SERVICE = ['birthday', 'anniversary', 'lapse', 'comeback', 'every', 'cart-abandoned', 'tier'];

/** What a touch must not say although each word of it is right. */
export function checkTouch({ touch, path }: PlacedTouch, context: CheckContext): Problem[] {
  return [
    ...checkTemplate(touch, path, context.templates),
    ...checkCause(touch, path),
    ...checkService(touch, path),
    ...checkPhase(touch, path),
    ...checkSurprise(touch, path, context.surprises),
  ];
}

type Path = PlacedTouch['path'];

function checkTemplate({ name, by }: Touch, path: Path, templates: readonly string[]): Problem[] {
  if (by === 'team' || templates.includes(name)) return [];
  const hint = didYouMean(name, templates) ?? `add templates/${name}.mjml`;
  return [{ path, message: `no template "${name}" in templates/`, hint }];
}

function checkCause({ on, every }: Touch, path: Path): Problem[] {
  const here = [...path, 'on'];
  if (on === 'every' && !every)
    return [{ path: here, message: 'says not how often', hint: 'write { every: 90 days }' }];
  if (every && !every.years && !every.months && !every.weeks && !every.days) {
    return [{ path: [...here, 'every'], message: 'is more often than once a day' }];
  }
  return SILENT.includes(on) ? [{ path: here, message: `"${on}" is never answered by a touch` }] : [];
}

/** Service mail is what the customer waits for; whatever else is in it makes it marketing. */
function checkService({ kind, on, asks, surprise, suggest }: Touch, path: Path): Problem[] {
  if (kind !== 'service') return [];
  const others = { on: NEVER_SERVICE.includes(on), ask: asks, surprise, suggest };
  return Object.entries(others).flatMap(([key, present]) =>
    present
      ? [{ path: [...path, key], message: 'does not belong in service mail', hint: 'use kind: marketing' }]
      : [],
  );
}

function checkPhase({ phase, asks, surprise }: Touch, path: Path): Problem[] {
  if (!phase) return [];
  const { asksAboutProducts, surprises } = INVARIANTS[phase];
  const product = !asksAboutProducts && asks?.startsWith('product');
  return [
    ...(product
      ? [{ path: [...path, 'ask'], message: `asks about a product, and in ${phase} there is none yet` }]
      : []),
    ...(surprise && !surprises
      ? [{ path: [...path, 'surprise'], message: `${phase} has no surprises` }]
      : []),
  ];
}

function checkSurprise({ surprise }: Touch, path: Path, surprises: readonly string[]): Problem[] {
  if (!surprise || surprises.includes(surprise)) return [];
  const hint = didYouMean(surprise, surprises);
  return [{ path: [...path, 'surprise'], message: `no surprise "${surprise}"`, ...(hint ? { hint } : {}) }];
}
