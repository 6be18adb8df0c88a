import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { FIRST, playbookOf } from '../support/people-inside.ts';
import { publishWithPeople } from '../support/publish-with-people.ts';
import { Rapport } from '../support/rapport.ts';
import { FaultyServer } from '../support/smtp.ts';

let server: FaultyServer;
let rapport: Rapport;
beforeAll(async () => {
  server = await new FaultyServer().listen();
  rapport = await Rapport.start({ smtpUrl: server.url, playbook: playbookOf(FIRST) });
}, 60_000);
afterAll(async () => {
  await rapport?.stop();
  await server.close();
});

describe('publishing with people inside', () => {
  it('does what its preview counted, to the letter', async () => {
    await publishWithPeople(rapport, 60);
  }, 240_000);
});
