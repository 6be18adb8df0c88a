import { readMongodbUri } from '../config.ts';
import { connect, disconnect } from '../data/connect.ts';

/**
 * Does a command's work on the MongoDB that the environment names.
 *
 * @throws BadConfig when it names none
 */
export async function connected<Result>(work: () => Promise<Result>): Promise<Result> {
  await connect(readMongodbUri(process.env));
  try {
    return await work();
  } finally {
    await disconnect();
  }
}
