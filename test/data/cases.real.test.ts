import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CaseModel } from '../../data/case-document.ts';
import { cases, type KeptCase } from '../../data/cases.ts';
import { disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { EventModel } from '../../data/event-document.ts';
import { TeamMailModel } from '../../data/team-mails.ts';
import { CaseChanged } from '../../domain/case-changed.ts';
import { aCase, caseOf, isHeld, steps } from '../support/cases.ts';
import { aDatabase, anEvent, aReceive, HOUR, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 24 * HOUR;

const { receive, receiveOwn } = aReceive();

beforeAll(aDatabase);
afterAll(disconnect);

const mailsOf = async ({ id }: KeptCase) =>
  (await TeamMailModel.find({ 'news.case.caseId': id }).lean()).map(({ news }) =>
    news?.about === 'case' ? news.case.what : '',
  );

describe('a complaint', () => {
  it('opens a case with its event, once, with its words, its clock and a mail to the team', async () => {
    const complaint = anEvent(somebody(), { type: 'complaint', data: { text: 'Broken', via: 'form' } });

    await receive([complaint], 'api');
    await receive([complaint], 'api');

    const one = await caseOf(`shop/${complaint.id}`);
    expect(one).toMatchObject({ state: 'open', via: 'form', severity: 'normal', text: 'Broken', turn: 0 });
    expect(one.answerBy.getTime()).toBe(complaint.at + DAY);
    expect(one.clock).toEqual(one.answerBy);
    expect(await isHeld(one)).toBe(true);
    expect(await mailsOf(one)).toEqual(['opened']);
  });

  it('of an order that cost much, or of harm, is high; as given where it is', async () => {
    const harmed = await aCase({ text: 'My son was injured by it' });
    const given = await aCase({ text: 'My son was injured by it', severity: 'low' });

    expect([harmed.severity, given.severity]).toEqual(['high', 'low']);
  });

  it('of old is kept, and holds marketing, but nobody is told and no clock runs', async () => {
    const one = await aCase({ text: 'Late' }, { at: NOW - 60 * DAY });

    expect(one).toMatchObject({ state: 'open', history: true });
    expect(await isHeld(one)).toBe(true);
    expect(await mailsOf(one)).toEqual([]);
  });

  it('whose event cannot be kept leaves no case', async () => {
    const refused = new Error('of the test');
    const { customerId } = await aCase();
    const before = await CaseModel.countDocuments();
    const event = { type: 'complaint', at: NOW, data: { text: 'And another' } };

    await expect(
      receiveOwn(customerId, event, undefined, async () => {
        throw refused;
      }),
    ).rejects.toBe(refused);

    expect(await CaseModel.countDocuments()).toBe(before);
  });
});

describe('caseSteps', () => {
  it('stop the clock with the first answer, which is the same however often it comes', async () => {
    const one = await aCase();
    const answer = { text: 'A new one is on its way', by: 'Anna', through: 'mail' } as const;

    const first = await steps.answer(one, answer, NOW);
    const again = await steps.answer(one, answer, NOW + HOUR);
    await steps.answer(one, { ...answer, text: 'It left today' }, NOW + 2 * HOUR);

    expect([first.duplicate, again.duplicate]).toEqual([false, true]);
    const answered = await caseOf(one.id);
    expect(answered.answeredAt?.getTime()).toBe(NOW);
    expect(answered.clock.getTime()).toBe(one.openedAt.getTime() + 30 * DAY);
    expect(await EventModel.countDocuments({ 'data.case': one.id })).toBe(2);
  });

  it('resolve a case once: of two at once one is refused, and the same again is answered as before', async () => {
    const one = await aCase();
    const [anna, joris] = [
      { resolution: 'refund', by: 'Anna' },
      { resolution: 'replace', by: 'Joris' },
    ] as const;

    const both = await Promise.allSettled([steps.resolve(one, anna, NOW), steps.resolve(one, joris, NOW)]);

    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'CaseChanged' },
    });
    const resolved = await caseOf(one.id);
    const winner = both[0]?.status === 'fulfilled' ? anna : joris;
    expect(resolved).toMatchObject({ state: 'resolved', resolution: winner.resolution });
    expect((await steps.resolve(one, winner, NOW)).duplicate).toBe(true);
    expect(await EventModel.countDocuments({ 'data.case': one.id, type: 'complaint-resolved' })).toBe(1);
    expect(await isHeld(one)).toBe(false);
  });

  it('refuse what the shop resolved meanwhile', async () => {
    const one = await aCase();
    const [id = ''] = (await customers.byId(one.customerId))?.externalIds ?? [];
    await receive(
      [anEvent({ id: id.slice('shop:'.length) }, { type: 'complaint-resolved', at: NOW })],
      'api',
    );

    const late = steps.resolve(one, { resolution: 'refund', by: 'Anna' }, NOW);

    await expect(late).rejects.toThrow(CaseChanged);
    expect(await EventModel.countDocuments({ 'data.case': one.id })).toBe(0);
  });

  it('resolve one of two, and hold marketing until the other is', async () => {
    const first = await aCase();
    await receiveOwn(first.customerId, { type: 'complaint', at: NOW, data: { text: 'And late' } });
    const { cases: both } = await cases.list(
      { state: 'open', order: 'newest', customerId: first.customerId },
      9,
    );

    for (const one of both) {
      expect(await isHeld(first)).toBe(true);
      await steps.resolve(one, { resolution: 'explain', by: 'Anna' }, NOW);
    }

    expect(both).toHaveLength(2);
    expect(await isHeld(first)).toBe(false);
  });

  it('open a resolved case again, with a clock anew; it can be resolved again', async () => {
    const one = await aCase();
    await steps.resolve(one, { resolution: 'explain', by: 'Anna' }, NOW);
    const resolved = await caseOf(one.id);

    await steps.reopen(resolved, { by: 'Joris', text: 'They called' }, NOW + DAY);

    const open = await caseOf(one.id);
    expect(open).toMatchObject({ state: 'open', turn: 1 });
    expect(open.resolvedAt).toBeUndefined();
    expect(open.answerBy.getTime()).toBe(NOW + 2 * DAY);
    expect(await isHeld(one)).toBe(true);
    expect(await mailsOf(one)).toEqual(['opened', 'reopened']);
    await expect(steps.reopen(open, { by: 'Joris', text: 'Again' }, NOW + DAY)).rejects.toThrow(CaseChanged);
    await steps.resolve(open, { resolution: 'refund', by: 'Anna' }, NOW + DAY);
    expect(await caseOf(one.id)).toMatchObject({ state: 'resolved', resolution: 'refund', turn: 1 });
  });
});
