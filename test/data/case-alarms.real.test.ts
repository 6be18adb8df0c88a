import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { announcements } from '../../data/announcements.ts';
import { caseAlarms } from '../../data/case-alarms.ts';
import { disconnect } from '../../data/connect.ts';
import { TeamMailModel } from '../../data/team-mails.ts';
import { webhooks } from '../../data/webhooks.ts';
import { aCase, caseOf, steps } from '../support/cases.ts';
import { aDatabase, HOUR } from '../support/shop.ts';

jest.setTimeout(60_000);

const NOW = Date.UTC(2026, 10, 22, 12);

beforeAll(async () => {
  await aDatabase();
  await webhooks.create('https://shop.example/told', ['case.opened', 'case.reminder'], NOW);
});
afterAll(disconnect);

const reminder = (caseId: string) => ({ caseId, turn: 0, alarm: 'reminder', nth: 1 }) as const;

async function told(): Promise<readonly string[]> {
  const said: string[] = [];
  for (;;) {
    const next = await announcements.next(50);
    if (!next) return said;
    said.push(...next.messages.map(({ id }) => id));
    await next.done();
  }
}

const mails = (caseId: string) => TeamMailModel.countDocuments({ 'news.case.caseId': caseId });

describe('caseAlarms', () => {
  it('tell the team and subscribers once, however often a look is repeated', async () => {
    const { id } = await aCase();

    await Promise.all([1, 2, 3].map(() => caseAlarms.give(reminder(id), NOW + HOUR)));

    expect((await caseOf(id)).alarms.map((alarm) => alarm.id)).toEqual(['reminder/0/1']);
    expect(await mails(id)).toBe(2); // it was opened, and waits
    expect((await told()).filter((one) => one.includes(id))).toEqual([
      `case/${id}/opened/0`,
      `case/${id}/reminder/0/1`,
    ]);
  });

  it('say nothing of a case that was answered, or resolved, meanwhile', async () => {
    const [answered, resolved] = [await aCase(), await aCase()];
    await steps.answer(answered, { text: 'Sorry', by: 'Anna', through: 'mail' }, NOW);
    await steps.resolve(resolved, { resolution: 'explain', by: 'Anna' }, NOW);

    for (const { id } of [answered, resolved]) await caseAlarms.give(reminder(id), NOW + HOUR);
    await caseAlarms.give({ ...reminder(resolved.id), alarm: 'unresolved' }, NOW + HOUR);

    expect([await mails(answered.id), await mails(resolved.id)]).toEqual([1, 1]);
    expect((await told()).filter((one) => one.includes(resolved.id))).toEqual([
      `case/${resolved.id}/opened/0`,
      `case/${resolved.id}/resolved/0`,
    ]);
  });
});
