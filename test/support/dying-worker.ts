import { TestWorkflowEnvironment } from '@temporalio/testing';
import { readConfig } from '../../config.ts';
import { connect } from '../../data/connect.ts';
import { createCurrentPlaybook } from '../../data/current-playbook.ts';
import { startEngine } from './engine.ts';

/**
 * A worker, as a process of its own with a worker's environment, that is killed in `decide`: after its writes, before
 * anybody has the answer, and with the answer it wrote a phase left.
 */
const { mongodbUri, smtpUrl, temporal } = readConfig(process.env);
await connect(mongodbUri);
await startEngine({
  env: await TestWorkflowEnvironment.createFromExistingServer(temporal),
  smtpUrl,
  playbook: await createCurrentPlaybook()(),
  around: ({ decide, ...others }) => ({
    ...others,
    async decide(situation) {
      const answer = await decide(situation);
      if (answer.journey.phase !== 'first-contact') process.kill(process.pid, 'SIGKILL');
      return answer;
    },
  }),
});
