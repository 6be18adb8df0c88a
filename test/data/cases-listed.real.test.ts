import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CaseModel } from '../../data/case-document.ts';
import { cases } from '../../data/cases.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { aCase, caseOf, isHeld, steps } from '../support/cases.ts';
import { aDatabase, anEvent, aPurchase, aReceive, HOUR, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

const NOW = Date.UTC(2026, 10, 22, 12);

const { receive, receiveOwn } = aReceive();

beforeAll(aDatabase);
afterAll(disconnect);

describe('cases', () => {
  it('are listed by their clock, page by page', async () => {
    await CaseModel.deleteMany({});
    const late = await aCase({}, { at: NOW - 20 * HOUR });
    const early = await aCase({}, { at: NOW - 40 * HOUR });
    const answered = await aCase({}, { at: NOW - 44 * HOUR });
    await steps.answer(answered, { text: 'Sorry', by: 'Anna', through: 'elsewhere' }, NOW);

    const first = await cases.list({ state: 'open', order: 'clock' }, 2);
    const second = await cases.list(
      { state: 'open', order: 'clock', ...(first.next && { after: first.next }) },
      2,
    );

    const ids = [first, second].map((page) => page.cases.map(({ id }) => id));
    expect(ids).toEqual([[early.id, late.id], [answered.id]]);
    expect(second.next).toBeUndefined();
  });

  it('are one person’s at a time, and keep each note once', async () => {
    const one = await aCase();

    expect(await cases.own(one.id, 'Anna', undefined)).toBe(true);
    expect(await cases.own(one.id, 'Joris', undefined)).toBe(false);
    expect(await cases.own(one.id, 'Anna', undefined)).toBe(true);
    expect(await cases.own(one.id, 'Joris', 'Anna')).toBe(true);
    await cases.note(one.id, { id: 'n-1', by: 'Joris', text: 'Called' }, NOW);
    await cases.note(one.id, { id: 'n-1', by: 'Joris', text: 'Called' }, NOW);

    expect(await caseOf(one.id)).toMatchObject({ owner: 'Joris', notes: [{ text: 'Called' }] });
    expect(await cases.note('shop/none', { by: 'Joris', text: 'Called' }, NOW)).toBe(false);
  });

  it('go along when two customers turn out to be one, and stay as they stand', async () => {
    const [an, bo] = [somebody(), somebody()];
    await receive([aPurchase(an), aPurchase(bo)], 'api');
    const complaint = anEvent(bo, { type: 'complaint', data: { text: 'Late' } });
    await receive([complaint, anEvent({ id: an.id, email: bo.email }, { at: NOW - HOUR / 2 })], 'api');

    const one = await caseOf(`shop/${complaint.id}`);
    const older = await customers.find(`shop:${an.id}`);

    expect(one).toMatchObject({ customerId: older?.id, state: 'open' });
    expect(older?.known.complaints).toMatchObject({ open: [one.id], standing: [{ id: one.id }] });
    expect(older?.known.complaints.standing?.[0]?.history).toBeUndefined();
    await steps.resolve(one, { resolution: 'explain', by: 'Anna' }, NOW);
    expect(await isHeld(one)).toBe(false);
  });

  it('that were open stay so when two customers turn out to be one of whom all other complaints were resolved', async () => {
    const [an, bo] = [somebody(), somebody()];
    await receive([aPurchase(an), aPurchase(bo)], 'api');
    const complaint = anEvent(bo, { type: 'complaint', at: NOW - 2 * HOUR, data: { text: 'Late' } });
    await receive([complaint, anEvent(an, { type: 'complaint', at: NOW - 3 * HOUR })], 'api');
    await receive([anEvent(an, { type: 'complaint-resolved', at: NOW - HOUR })], 'api');
    expect(await isHeld(await caseOf(`shop/${complaint.id}`))).toBe(true);

    await receive([anEvent({ id: an.id, email: bo.email }, { at: NOW - HOUR / 2 })], 'api');

    const one = await caseOf(`shop/${complaint.id}`);
    expect(await isHeld(one)).toBe(true);
    expect(one.state).toBe('open');
    await steps.resolve(one, { resolution: 'explain', by: 'Anna' }, NOW);
    expect(await isHeld(one)).toBe(false);
  });

  it('stay open though a shop whose clock runs ahead resolved all that came before', async () => {
    const [an] = [somebody()];
    const [receipt] = await receive([aPurchase(an)], 'api');
    await receive([anEvent(an, { type: 'complaint-resolved', at: NOW + HOUR / 20 })], 'api');
    const event = { type: 'complaint', at: NOW, data: { text: 'It broke', via: 'form' } } as const;

    await receiveOwn(receipt?.customerId ?? '', event, 'complaint.form.1');

    const one = await caseOf('rapport/complaint.form.1');
    expect(one.state).toBe('open');
    expect(await isHeld(one)).toBe(true);
    await steps.resolve(one, { resolution: 'explain', by: 'Anna' }, NOW);
    expect(await isHeld(one)).toBe(false);
  });
});
