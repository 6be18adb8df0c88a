import { resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Command } from 'commander';
import { BadConfig } from '../../config.ts';
import { readTemporal } from '../../config-temporal.ts';
import { step, type Tell } from '../../servers/step.ts';
import { answer } from '../answer.ts';
import { historiesIn, type Replayed, replay, runningOn } from '../replaying.ts';

const RECORDED = new URL('../../test/histories', import.meta.url).pathname;

/** `rapport replay`: checks that the journeys of earlier versions, or those that run, survive the code as it is now. */
export function replayCommand(program: Command): void {
  program
    .command('replay')
    .description('replay recorded or running journeys on the workflows as they are now')
    .option('--from <where>', 'server: those that run; or a folder of histories (default: test/histories)')
    .action(async ({ from }: { readonly from?: string }, command: Command) => {
      const logging = { filter: 'ERROR', forward: {} }; // forwarded, or it would go to stdout
      Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging } });
      const result = await step('Replaying journeys', (tell) => replayFrom(from, tell));
      if (result.failed.length > 0) process.exitCode = 1;
      answer(command, result, inWords(result));
    });
}

async function replayFrom(from: string | undefined, tell: Tell): Promise<Replayed> {
  if (from !== 'server') return replay(historiesIn(from ? resolve(from) : RECORDED), tell);

  const temporal = readTemporal(process.env);
  if (typeof temporal === 'string') throw new BadConfig(temporal);
  const connection = await Connection.connect(temporal.connection);
  try {
    return await replay(runningOn(new Client({ connection, namespace: temporal.namespace })), tell);
  } finally {
    await connection.close();
  }
}

function inWords({ replayed, failed }: Replayed): string {
  const lines = failed.map(({ name, error }) => `${name}: ${error}`);
  const sum =
    failed.length === 0
      ? `All ${replayed} journeys replay.`
      : `${failed.length} of ${replayed} journeys do not replay: workflows/ has changed under them. Guard the change with patched().`;
  return [...lines, sum].join('\n');
}
