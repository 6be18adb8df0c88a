import { describe, expect, it } from '@jest/globals';
import { GRACE_MS } from '../../domain/decide-next.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { type JourneyReplanned, nextVersion, replanned } from '../../domain/publishing.ts';
import { countsOf, sumOf } from '../../domain/publishing-counts.ts';
import { aPlaybook, aTouch, DAY } from '../support/builders.ts';
import { ModelWorld } from '../support/model-world.ts';
import { journeyIn } from '../support/told.ts';

const purchase = (orderId: string) => ({ type: 'purchase', data: { orderId } });
const TIPS = aTouch({ name: 'tips', after: { days: 5 } });
const CARE = aTouch({ name: 'care', after: { days: 20 } });

function aWorld(): ModelWorld {
  const world = new ModelWorld(aPlaybook([TIPS, CARE]));
  world.post(purchase('o-1'));
  world.pass(DAY);
  return world;
}

/** What a version would make of the journey. */
function previewIn(
  world: ModelWorld,
  edit: Partial<Playbook>,
  added: readonly string[] = [],
): JourneyReplanned {
  const { customer, now, playbook: planned } = world;
  const playbook = nextVersion({ ...planned, ...edit }, planned, added);
  const known = { journey: journeyIn(world), customer, events: [], outcomes: [], now, grace: GRACE_MS };
  return replanned({ ...known, playbook }, planned);
}

const fatesIn = ({ appointments, wakes }: JourneyReplanned) => [
  ...appointments.map(({ touch, became }) => `${touch} ${became}`),
  ...(wakes ? ['wakes'] : []),
];

describe('replanned', () => {
  it.each<[string, Partial<Playbook>, string[]]>([
    ['changes nothing', {}, ['tips kept', 'care kept']],
    [
      'sends earlier what comes first',
      { touches: [{ ...TIPS, after: { days: 3 } }, CARE] },
      ['tips earlier', 'care kept', 'wakes'],
    ],
    [
      'sends later what comes first',
      { touches: [{ ...TIPS, after: { days: 9 } }, CARE] },
      ['tips later', 'care kept', 'wakes'],
    ],
    [
      'changes what comes second: the journey hears of it in time',
      { touches: [TIPS, { ...CARE, after: { days: 9 } }] },
      ['tips kept', 'care earlier'],
    ],
    [
      'makes the second the first',
      { touches: [TIPS, { ...CARE, after: { days: 2 } }] },
      ['tips kept', 'care earlier', 'wakes'],
    ],
    ['removes what comes first', { touches: [CARE] }, ['tips dropped', 'care kept', 'wakes']],
    ['removes what comes second', { touches: [TIPS] }, ['tips kept', 'care dropped']],
    [
      'lets what comes first expire',
      { touches: [{ ...TIPS, expires: { days: 1 } }, CARE] },
      ['tips kept', 'care kept', 'wakes'],
    ],
    ['counts silence sooner', { lapseAfter: { days: 3 } }, ['tips kept', 'care kept', 'wakes']],
  ])('tells what becomes of appointments, and whether the journey wakes: %s', (_what, edit, fates) => {
    expect(fatesIn(previewIn(aWorld(), edit))).toEqual(fates);
  });

  it('tells who moves, and what the phase they enter begins with', () => {
    const hello = aTouch({ name: 'hello', on: 'entering', phase: 'relationship', after: { days: 9 } });
    const world = aWorld();
    const phases = {
      ...world.playbook.phases,
      'getting-acquainted': { movesOn: [{ to: 'relationship' as const, when: { 'orders.days': 1 } }] },
    };
    const preview = previewIn(world, { touches: [TIPS, CARE, hello], phases });

    expect(preview.moves).toEqual({ from: 'getting-acquainted', to: 'relationship' });
    expect(fatesIn(preview)).toEqual(['tips kept', 'care kept', 'hello added', 'wakes']);
  });

  it('keeps nothing, and says what then happens', () => {
    const world = aWorld();
    const edit = { touches: [{ ...TIPS, after: { days: 3 } }] };
    const before = journeyIn(world);
    const preview = previewIn(world, edit);
    expect(journeyIn(world)).toBe(before);

    world.playbook = nextVersion({ ...world.playbook, ...edit }, world.playbook);
    world.restart(0);

    const foretold = preview.appointments.filter(({ became }) => became !== 'dropped');
    expect(foretold.map(({ touch, to }) => [touch, to])).toEqual(
      journeyIn(world).agenda.map(({ touch, due }) => [touch, due]),
    );
  });
});

describe('countsOf', () => {
  it('counts per touch and move, with five examples of what changes, over pages', () => {
    const one = (customerId: string): JourneyReplanned => ({
      customerId,
      appointments: [
        { touch: 'tips', occasion: 'o-1', became: 'earlier', from: 2, to: 1 },
        { touch: 'care', occasion: 'o-1', became: 'kept', from: 3, to: 3 },
      ],
      moves: { from: 'getting-acquainted', to: 'relationship' },
      wakes: customerId !== '3',
    });
    const pages = [
      ['1', '2', '3', '4'],
      ['5', '6'],
    ].map((ids) => countsOf(ids.map(one)));

    const counts = pages.reduce(sumOf);

    const none = { kept: 0, earlier: 0, later: 0, dropped: 0, added: 0 };
    expect(counts).toMatchObject({ journeys: 6, wakes: 5 });
    expect(counts.touches).toMatchObject([
      { touch: 'care', ...none, kept: 6, examples: [] },
      { touch: 'tips', ...none, earlier: 6 },
    ]);
    expect(counts.touches[1]?.examples.map(({ customerId }) => customerId)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
    expect(counts.moves).toEqual([
      { from: 'getting-acquainted', to: 'relationship', count: 6, examples: ['1', '2', '3', '4', '5'] },
    ]);
  });
});

describe('nextVersion', () => {
  it('counts up, and remembers what was added for those inside while it is a touch of entering', () => {
    const hello = aTouch({ name: 'hello', on: 'entering' });
    const first = aPlaybook([hello, TIPS]);

    const second = nextVersion(first, first, ['hello', 'tips']);
    const third = nextVersion(first, second);
    const fourth = nextVersion(aPlaybook([TIPS]), third);

    expect([second.version, third.version, fourth.version]).toEqual([2, 3, 4]);
    expect(second.addEntering).toEqual([{ touch: 'hello', version: 2 }]);
    expect(third.addEntering).toEqual([{ touch: 'hello', version: 2 }]);
    expect([fourth.addEntering, nextVersion(first, fourth).addEntering]).toEqual([undefined, undefined]);
  });
});
