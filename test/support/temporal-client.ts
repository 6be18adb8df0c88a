import { Client, Connection } from '@temporalio/client';
import type { Config } from '../../config.ts';

/** A client of the Temporal that a test's environment names. */
export function temporalClient({ connection, namespace }: Config['temporal']): Client {
  return new Client({ connection: Connection.lazy(connection), namespace });
}
