import { expect } from '@jest/globals';
import type { z } from 'zod';
import { PreviewAnswer, VersionAnswer } from '../../api/playbook-answers.ts';
import { FATES } from '../../domain/publishing.ts';
import { eventually } from './eventually.ts';
import { journeys, letIn, SECOND, wakeTheRest, whatBecame } from './people-inside.ts';
import type { Rapport } from './rapport.ts';

type Counts = z.output<typeof PreviewAnswer>['counts'];

/** `care dropped: 12`, for whatever is more than nothing. */
function inWords({ touches, moves }: Counts): Readonly<Record<string, number>> {
  const fates = touches.flatMap((one) => FATES.map((fate) => [`${one.touch} ${fate}`, one[fate]] as const));
  const movers = moves.map(({ from, to, count }) => [`${from} ${to}`, count] as const);
  return Object.fromEntries([...fates, ...movers].filter(([, count]) => count > 0));
}

/** Publishes an edit while people are inside, and holds what was foretold against what became of them. */
export async function publishWithPeople(rapport: Rapport, people: number): Promise<void> {
  await letIn(rapport, people);
  const before = await journeys();
  const asked = { source: SECOND, addEntering: ['reasons'] };
  const preview = PreviewAnswer.parse((await rapport.ask('POST', '/v1/playbooks/preview', asked)).body);

  const published = await rapport.ask('POST', '/v1/playbooks', { ...asked, ifVersion: preview.against });
  expect(published).toMatchObject({ status: 201, body: { version: 2 } });
  const told = await untilTold(rapport, 2);

  const woken = [...(await journeys()).values()].filter(({ playbook }) => playbook === 2);
  await wakeTheRest(2);

  expect(preview.counts.journeys).toBe(people);
  expect(told.telling).toEqual({
    ...{ state: 'done', seen: people },
    ...{ wakes: preview.counts.wakes, woken: preview.counts.wakes },
  });
  expect(woken.length).toBe(preview.counts.wakes);
  expect(inWords(told.counts)).toEqual(inWords(preview.counts));
  expect(await whatBecame(before, await journeys())).toEqual(inWords(preview.counts));
}

/** A version as it stands when everybody inside is told of it. */
export async function untilTold(rapport: Rapport, version: number): Promise<z.output<typeof VersionAnswer>> {
  const ask = async () => VersionAnswer.parse((await rapport.ask('GET', `/v1/playbooks/${version}`)).body);
  await eventually(async () => (await ask()).telling.state === 'done', { within: 120_000, every: 250 });
  return ask();
}
