import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { trusted } from 'mongoose';
import { BudgetModel } from '../../data/budgets.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { CouponCodeModel } from '../../data/coupon-document.ts';
import { couponPools } from '../../data/coupon-pools.ts';
import { GrantModel } from '../../data/grant-document.ts';
import { migrate } from '../../data/migrate.ts';
import { SendModel } from '../../data/send-document.ts';
import { stableShare } from '../../domain/hash.ts';
import { NOON } from '../support/builders.ts';
import { GatedServer } from '../support/gated-server.ts';
import { GRANTS } from '../support/granting.ts';
import { mongo } from '../support/servers.ts';
import { anEvent, aReceive, somebody } from '../support/shop.ts';

jest.setTimeout(600_000);

const CUSTOMERS = 200;
const KILLS = 12;
const CODES = Array.from({ length: CUSTOMERS }, (_, n) => `TREAT-${1_000 + n}`);

let uri: string;
let server: GatedServer;

beforeAll(async () => {
  uri = await mongo();
  await connect(uri);
  await migrate();
  server = await new GatedServer().listen();
  server.slowMs = 200; // so that several workers die before the budget is spent
});
afterAll(async () => {
  await server.close();
  await disconnect();
});

function aWorker(): ChildProcess {
  return spawn(process.execPath, ['test/support/dying-granter.ts', uri, server.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Lets one work for a moment of its own, and kills it. */
async function killOne(round: number): Promise<void> {
  const worker = aWorker();
  if (worker.stdout) await once(worker.stdout, 'data');
  await sleep(30 + 900 * stableShare('kill', String(round)));
  worker.kill('SIGKILL');
  await once(worker, 'exit');
}

const given = { status: { $in: ['pending', 'confirmed'] } };

/** Looks again and again at how many grants stand; answers the most that ever did. */
function watchMost(): () => number {
  const seen = [0];
  const timer = setInterval(async () => seen.push(await GrantModel.collection.countDocuments(given)), 20);
  return () => {
    clearInterval(timer);
    return Math.max(...seen);
  };
}

/** What is told by the mails that arrived: of each customer the code. */
function codesMailed(): readonly string[] {
  return server.messages.flatMap((message) => /TREAT-\d{4}/.exec(message)?.[0] ?? []);
}

describe('a surprise whose workers are killed at any moment', () => {
  it('is never given more often than its budget has, told of without being there, or left without a mail', async () => {
    const consent = [{ topic: 'news', basis: 'consent' as const }];
    const people = Array.from({ length: CUSTOMERS }, () =>
      anEvent(somebody(), { type: 'sign-up', at: NOON, consent }),
    );
    await aReceive({ now: NOON }).receive(people, 'api');
    await couponPools.upload('treats', CODES);
    const stopWatching = watchMost();

    for (let round = 0; round < KILLS; round += 1) await killOne(round);
    const before = server.messages.length;
    const last = aWorker();
    last.stdout?.resume();
    expect(await once(last, 'exit')).toEqual([0, null]);

    expect(stopWatching()).toBeLessThanOrEqual(GRANTS);
    const grants = await GrantModel.find().lean();
    const confirmed = grants.filter(({ status }) => status === 'confirmed');
    expect(grants.filter(({ status }) => status === 'pending')).toEqual([]);
    expect(confirmed.length).toBeLessThanOrEqual(GRANTS);
    expect(await BudgetModel.find().lean()).toMatchObject([
      { spent: confirmed.length * 750, grants: confirmed.length },
    ]);

    const left = trusted({ $in: ['accepted', 'unknown'] as const });
    const told = await SendModel.find({ state: left }).lean();
    expect(confirmed.map(({ _id }) => _id).toSorted()).toEqual(told.map(({ _id }) => _id).toSorted());
    const codes = confirmed.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codesMailed().filter((code) => !codes.includes(code))).toEqual([]);
    expect(new Set(codesMailed()).size).toBe(codesMailed().length);
    expect(await CouponCodeModel.countDocuments({ free: true })).toBe(CUSTOMERS - confirmed.length);
    const mails = `${before} of ${server.messages.length} mails before the last worker`;
    process.stdout.write(`${KILLS} kills: ${confirmed.length} grants, ${mails}\n`);
  });
});
