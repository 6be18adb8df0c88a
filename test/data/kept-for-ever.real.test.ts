import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { apiKeys } from '../../data/api-keys.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { DecisionModel, decisions } from '../../data/decisions.ts';
import { playbooks } from '../../data/playbooks.ts';
import { suppressions } from '../../data/suppressions.ts';
import { templates } from '../../data/templates.ts';
import type { DecisionRecord } from '../../domain/journey.ts';
import { aDatabase, anEvent, aPlaybook, aReceive, somebody } from '../support/shop.ts';

jest.setTimeout(30_000);

beforeAll(aDatabase);
afterAll(disconnect);

describe('playbooks', () => {
  it('are published as the next version, the same text once', async () => {
    expect(await playbooks.current()).toBeUndefined();
    const filter = { $or: [{ 'orders.days': { $gte: 2 } }] };
    const playbook = aPlaybook();
    const phases = {
      ...playbook.phases,
      ambassador: { movesOn: [{ to: 'ambassador', when: filter }] },
    } as const;

    expect(await playbooks.publish('a', { ...playbook, phases })).toBe(1);
    expect(await playbooks.publish('a', playbook)).toBe(1);
    expect(await playbooks.publish('b', playbook)).toBe(2);
    expect(await playbooks.publish('a', playbook)).toBe(3); // rolling back

    expect(await playbooks.version(1)).toEqual({ ...playbook, phases, version: 1 });
    expect((await playbooks.current())?.version).toBe(3);
    expect(await playbooks.version(9)).toBeUndefined();
  });

  it('published at once get a version each', async () => {
    const versions = await Promise.all(['c', 'd', 'e'].map((text) => playbooks.publish(text, aPlaybook())));

    expect(new Set(versions).size).toBe(3);
  });

  it('published at once by the same text are one version', async () => {
    const versions = await Promise.all(
      ['f', 'f', 'f', 'f'].map((text) => playbooks.publish(text, aPlaybook())),
    );

    expect(new Set(versions).size).toBe(1);
  });
});

describe('templates', () => {
  it('are found by their hash, as they were saved first', async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    const compiled = { id, parts: { 'a.b': '$', $c: ['x'] } };

    await templates.save([compiled]);
    await templates.save([compiled, { id: other }]);

    expect(await templates.find(id)).toEqual(compiled);
    expect(await templates.find(other)).toEqual({ id: other });
    expect(await templates.find('none')).toBeUndefined();
  });
});

describe('decisions', () => {
  it('are kept once a number, the last answer, and listed newest first', async () => {
    const decision = (seq: number, playbook: number): DecisionRecord => ({
      ...{ customerId: 'an', seq, at: seq * 10, phase: 'first-contact', playbook },
      ...{ heard: [], changes: [] },
    });

    await decisions.save(decision(1, 1));
    await decisions.save(decision(2, 1));
    await decisions.save(decision(2, 2));

    expect(await decisions.ofCustomer('an', 9)).toEqual([decision(2, 2), decision(1, 1)]);
    expect(await decisions.ofCustomer('an', 9, 20)).toEqual([decision(1, 1)]);
    expect(await DecisionModel.countDocuments()).toBe(2);
  });
});

describe('apiKeys', () => {
  it('open what they are for until they are revoked, and are not kept themselves', async () => {
    const { id, key } = await apiKeys.create({ name: 'till', scopes: ['events:write'] });

    expect(key).toMatch(/^rk_.{43}$/);
    expect(await apiKeys.check(key)).toMatchObject({ id, name: 'till', scopes: ['events:write'] });
    expect(JSON.stringify(await apiKeys.list())).not.toContain(key);
    expect(await apiKeys.check(`${key}x`)).toBeUndefined();

    expect(await apiKeys.revoke(id)).toBe(true);
    expect(await apiKeys.revoke(id)).toBe(false);
    expect(await apiKeys.check(key)).toBeUndefined();
  });
});

describe('suppressions', () => {
  const { receive } = aReceive();
  const met = async (customer: Parameters<typeof anEvent>[0]) => {
    const [receipt] = await receive([anEvent(customer)], 'api');
    return customers.byId(receipt?.customerId ?? '');
  };

  it('mark whoever uses the address, with the first reason', async () => {
    const an = somebody();
    const { id = '', emailKey = '' } = (await met(an)) ?? {};

    await suppressions.add(emailKey, 'hard bounce', 1);
    await suppressions.add(emailKey, 'asked', 2);

    expect((await customers.byId(id))?.suppressed).toBe('hard bounce');
    expect(await suppressions.has(emailKey)).toBe(true);
    expect(await suppressions.has('other')).toBe(false);
  });

  it('mark whoever takes the address later, and let go who leaves it', async () => {
    const [an, bo] = [somebody(), somebody()];
    await suppressions.add((await met(an))?.emailKey ?? '', 'asked', 1);

    expect((await met({ id: an.id, email: `new-${an.email}` }))?.suppressed).toBeUndefined();
    expect((await met({ id: bo.id, email: an.email }))?.suppressed).toBe('asked');
    expect((await met({ id: bo.id }))?.suppressed).toBe('asked');
  });

  it('miss nobody who takes the address at the same moment', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, async () => ({ an: somebody() })));
    const keys = await Promise.all(people.map(async ({ an }) => (await met(an))?.emailKey ?? ''));
    await Promise.all(people.map(({ an }) => met({ id: an.id, email: `new-${an.email}` })));

    const again = people.map(({ an }) => met({ email: an.email }));
    await Promise.all(keys.map((key) => suppressions.add(key, 'asked', 1)));
    const ids = (await Promise.all(again)).map((customer) => customer?.id ?? '');

    const marked = await Promise.all(ids.map((id) => customers.byId(id)));
    expect(marked.map((customer) => customer?.suppressed)).toEqual(keys.map(() => 'asked'));
  });
});
