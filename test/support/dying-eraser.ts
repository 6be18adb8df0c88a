import { readConfig } from '../../config.ts';
import { connect } from '../../data/connect.ts';
import { ERASING } from '../../data/erasing.ts';
import { erasures } from '../../data/erasures.ts';
import { eraseCustomers } from '../../worker/erasing.ts';
import { temporalClient } from './temporal-client.ts';

/** Erases who is marked, as a process of its own that is killed half-way: the runs are gone, and half of the data. */
const { mongodbUri, temporal } = readConfig(process.env);
await connect(mongodbUri);
const steps = Object.values(ERASING);

await eraseCustomers(
  {
    ...{ erasures, client: temporalClient(temporal), leaseMs: 100 },
    async eraseAll(who) {
      for (const { erase } of steps.slice(0, steps.length / 2)) await erase?.(who);
      process.kill(process.pid, 'SIGKILL');
      return undefined;
    },
    log: { info: () => {}, warn: () => {} },
  },
  new AbortController().signal,
);
