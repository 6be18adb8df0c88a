import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CustomerModel } from '../../data/customer-document.ts';
import { playbooks } from '../../data/playbooks.ts';
import { eventually } from '../support/eventually.ts';
import { FIRST, journeys, playbookOf, SECOND } from '../support/people-inside.ts';
import { publishWithPeople, untilTold } from '../support/publish-with-people.ts';
import { Rapport } from '../support/rapport.ts';
import { FaultyServer } from '../support/smtp.ts';

const PEOPLE = 60;

let server: FaultyServer;
let rapport: Rapport;
beforeAll(async () => {
  server = await new FaultyServer().listen();
  rapport = await Rapport.api({ smtpUrl: server.url, playbook: playbookOf(FIRST) });
}, 60_000);
afterAll(async () => {
  await rapport?.stop();
  await server.close();
});

describe('publishing with people inside', () => {
  it('does what its preview counted to the letter, and goes on where a killed worker left it', async () => {
    const worker = rapport.startWorker();
    await publishWithPeople(rapport, PEOPLE);

    const delayed = SECOND.replace('after: 33 days', 'after: 2 days').replace(
      'after: 8 days',
      'after: 3 days',
    );
    const { status } = await rapport.ask('POST', '/v1/playbooks', { source: delayed });
    expect(status).toBe(201);
    await eventually(async () => (await CustomerModel.countDocuments({ wokenBy: 3 })) > 0, {
      within: 60_000,
    });
    await worker.kill(); // most of them were marked, few were told

    const again = { id: 'c-0', email: 'c-0@example.com' };
    const data = { orderId: 'o-again', total: 1466, currency: 'EUR' };
    await rapport.post({
      id: 'again',
      source: 'shop',
      type: 'purchase',
      at: new Date(),
      customer: again,
      data,
    });
    rapport.startWorker();

    const { telling } = await untilTold(rapport, 3);
    const all = await journeys();
    const [buyer] = [...all.values()].filter(({ agenda }) =>
      agenda.some(({ occasion }) => occasion === 'o-again'),
    );
    expect(telling).toMatchObject({ state: 'done', woken: telling.wakes });
    expect(await CustomerModel.countDocuments({ wokenBy: 3, 'journey.playbook': 3 })).toBe(telling.wakes);
    expect(buyer).toMatchObject({ phase: 'getting-acquainted', playbook: 3 }); // what happened meanwhile is heard
    expect(await playbooks.newest()).toBe(3);
  }, 300_000);
});
