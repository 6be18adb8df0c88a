import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { expectAgreement } from '../support/agreement.ts';
import { timeSkipping } from '../support/servers.ts';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await timeSkipping();
}, 60_000);
afterAll(() => env?.teardown());

describe('simulate', () => {
  it('comes to the same touches for fifty customers of CDNOW over eighteen months', async () => {
    expect(await expectAgreement(env, 50)).toBeGreaterThan(250);
  }, 600_000);
});
