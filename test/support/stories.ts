import fc from 'fast-check';
import { DAY, HOUR } from './builders.ts';
import { anEditedPlaybook } from './busy-playbook.ts';
import { MINUTE, type ModelWorld, type Told } from './model-world.ts';

/** Something that happens to the world. */
export type Action =
  | { readonly kind: 'post'; readonly event: Told; readonly lateMs: number }
  | { readonly kind: 'pass' | 'restart'; readonly ms: number }
  /** The next decision is lost as often as there are events here, each coming after one loss. */
  | { readonly kind: 'lose'; readonly events: readonly Told[] }
  | { readonly kind: 'publish' };

const order = fc.constantFrom(...['o-1', 'o-2', 'o-3', 'o-4', 'o-5', 'o-6', 'o-7']);
const about = (type: string) => order.map((orderId): Told => ({ type, data: { orderId } }));
const plain = (type: string) => fc.constant<Told>({ type });

/** Something that a shop, a customer or a marketer does. */
export const anyEvent: fc.Arbitrary<Told> = fc.oneof(
  ...['sign-up', 'complaint', 'complaint-resolved', 'pause', 'resume', 'visit', 'referral', 'start'].map(
    plain,
  ),
  ...['purchase', 'purchase', 'purchase', 'delivered', 'delivered', 'cancelled', 'refund'].map(about),
  fc
    .record({ question: fc.constantFrom('nps', 'product'), score: fc.constantFrom(3, 8, 10) })
    .map((data): Told => ({ type: 'feedback', data })),
  fc.constantFrom('06-01', '06-02', '07-15', '02-29', '12-31').map(
    (birthday): Told => ({
      type: 'profile',
      customer: { email: 'an@example.com', emailKey: 'key-an', birthday },
    }),
  ),
  fc
    .constantFrom('first-contact', 'getting-acquainted', 'relationship', 'ambassador')
    .map((to): Told => ({ type: 'move', data: { to } })),
  fc.constant<Told>({ type: 'end' }),
  fc.constant<Told>({ type: 'consent', consent: [{ topic: 'news', basis: 'consent' }] }),
  fc.constant<Told>({ type: 'unsubscribe', consent: [{ topic: 'news', withdrawn: true }] }),
);

export const aSpan = fc.oneof(
  fc.constantFrom(HOUR - 20_000, 10 * MINUTE - 1, 15 * MINUTE, DAY - MINUTE + 1),
  fc.integer({ min: 0, max: 3 * HOUR }),
  fc.integer({ min: 0, max: 20 }).map((days) => days * DAY),
  fc.integer({ min: 0, max: 200 }).map((days) => days * DAY + 7 * MINUTE),
);
const late = fc.constantFrom(0, 0, 0, 0, 0, 0, 0, MINUTE, 5 * HOUR, 40 * HOUR, 60 * DAY, 400 * DAY);

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('post'), event: anyEvent, lateMs: late }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('pass'), ms: aSpan }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart'), ms: aSpan }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('lose'), events: fc.array(anyEvent, { maxLength: 3 }) }),
  },
  { weight: 1, arbitrary: fc.constant<Action>({ kind: 'publish' }) },
);

const first: fc.Arbitrary<Action> = fc.record({
  kind: fc.constant('post'),
  event: fc.oneof(plain('sign-up'), about('purchase'), anyEvent),
  lateMs: late,
});

/** What may happen to a customer in some years. */
export const aStory: fc.Arbitrary<readonly Action[]> = fc
  .tuple(first, fc.array(action, { minLength: 3, maxLength: 40, size: 'max' }))
  .map((actions) => actions.flat());

export function play(world: ModelWorld, action: Action): void {
  if (action.kind === 'post') world.post({ ...action.event, at: world.now - action.lateMs });
  else if (action.kind === 'pass') world.pass(action.ms);
  else if (action.kind === 'restart') world.restart(action.ms);
  else if (action.kind === 'lose') world.toLose.push(...action.events);
  else world.playbook = anEditedPlaybook(world.playbook);
}

/** What silences is lifted, the weather clears up, and two years go by. */
export function settleDown(world: ModelWorld): void {
  world.weather = world.weather.grace === undefined ? {} : { grace: world.weather.grace };
  for (const type of ['complaint-resolved', 'resume', 'visit', 'profile']) world.post({ type });
  world.pass(500 * DAY);
}
