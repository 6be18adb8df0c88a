import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { historiesIn, replay, runningOn } from '../../cli/replaying.ts';
import { workflowBundle } from '../../worker/workflow-bundle.ts';
import { aPlaybook, aPurchase, aTouch, CUSTOMER_ID } from '../support/builders.ts';
import { eventually } from '../support/eventually.ts';
import { type HistoryEvent, kindOf, lastRun } from '../support/histories.ts';
import { devServer, withShop } from '../support/journeys.ts';
import { MemoryShop } from '../support/memory-shop.ts';

const HISTORIES = new URL('../histories', import.meta.url).pathname;

describe('replay', () => {
  it('finds that every history ever recorded goes as it went', async () => {
    const workflows = { workflowBundle: await workflowBundle() };

    const { replayed, failed } = await replay(historiesIn(HISTORIES), () => {}, workflows);

    expect(failed).toEqual([]);
    expect(replayed).toBeGreaterThanOrEqual(10);
  }, 60_000);

  it('finds that the journeys which run on a server would go on', async () => {
    const env = await devServer();
    const playbook = aPlaybook([aTouch({ name: 'good-to-know', after: { days: 5 } })]);
    await withShop(env, new MemoryShop(playbook), async ({ shop, happen }) => {
      await happen(aPurchase(1));
      await eventually(async () => (await lastRun(env, CUSTOMER_ID)).events.some(isTimer));
      const unheard = shop.receive({ ...aPurchase(1), customerId: 'other' });
      await shop.tell(unheard, env.client, 'nobody-works-here');
      await eventually(async () => (await env.client.workflow.count()).count === 2);
      const workflows = { workflowBundle: await workflowBundle() };

      const result = await replay(runningOn(env.client), () => {}, workflows);

      expect(result).toEqual({ replayed: 1, failed: [] });
    });
    await env.teardown();
  }, 60_000);

  it('fails on one that goes differently now, and says which', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'rapport-histories-'));
    const history = await readFile(join(HISTORIES, '0.1.0/pause.json'), 'utf8');
    await writeFile(join(dir, 'other.json'), history.replaceAll('"sendTouch"', '"sendLetter"'));

    const { status, stdout } = rapport('--json', 'replay', '--from', dir);

    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ replayed: 1, failed: [{ name: 'other.json' }] });
    await rm(dir, { recursive: true });
  }, 60_000);
});

const isTimer = (event: HistoryEvent) => kindOf(event) === 'timerStarted';

function rapport(...args: readonly string[]) {
  return spawnSync(process.execPath, ['cli/main.ts', ...args], { encoding: 'utf8' });
}
