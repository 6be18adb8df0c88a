import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { play } from '../../demo/play.ts';
import { Stage } from '../../demo/stage.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { linksOfMails, scan } from '../support/link-scanner.ts';

/** Pages of the customer that marketing mails lead to. */
const PAGES = ['/answer', '/complain', '/membership', '/preferences', '/unsubscribe', '/why'];

/** Mails to the team lead to pages that ask who is there. */
const isOfTeam = (link: string) => new URL(link).pathname.startsWith('/cases/');

describe('a scanner that follows every link of every mail of a play', () => {
  let dir = '';
  let stage: Stage | undefined;
  let links: ReadonlySet<string> = new Set();
  let ours: readonly string[] = [];

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'rapport-scanner-'));
    stage = await Stage.set(dir, 86_400);
    await play({ customers: 12, days: 60, seed: '1', exit: true, json: true }, stage);
    links = await linksOfMails(stage.inboxUrl);
    ours = [...links].filter((link) => link.startsWith(stage?.config.publicUrl ?? 'nowhere'));
  }, 300_000);

  afterAll(async () => {
    await stage?.stop();
    await rm(dir, { recursive: true, force: true });
  }, 60_000);

  it('finds the pages of the customer in the mails, each by a link of its own', () => {
    const toCustomers = ours.filter((link) => !isOfTeam(link));

    expect([...new Set(toCustomers.map((link) => new URL(link).pathname))].sort()).toEqual(PAGES);
    expect(ours.length).toBeGreaterThan(100);
  });

  it.each(['GET', 'HEAD'] as const)(
    'changes nothing by %s',
    async (method) => {
      const before = await everythingKept();

      const statuses = await scan(ours, method);

      expect(statuses).toEqual(ours.map((link) => (isOfTeam(link) ? 303 : 200)));
      expect(await everythingKept()).toEqual(before);
    },
    300_000,
  );
});
