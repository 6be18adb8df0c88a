import { setTimeout as sleep } from 'node:timers/promises';
import type { CustomerDocument } from '../data/customer-document.ts';
import { CustomerModel } from '../data/customer-document.ts';
import type { Standing } from './lag.ts';

/** As long as the driver's own: meanwhile a MongoDB that fell over may come back. */
const PATIENCE_MS = 20 * 60_000;

const JOURNEY = { 'journey.heard': 1, 'journey.phase': 1, 'journey.agenda.due': 1 };
const PROJECTION = { n: 1, undelivered: 1, relayed: 1, mergedInto: 1, ...JOURNEY };

/** How far every customer's journey is, as MongoDB tells; waits while it is away. */
export async function readStandings(): Promise<Standing[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      const kept = await CustomerModel.find({}, PROJECTION).lean();
      return kept.filter(({ mergedInto }) => !mergedInto).map(standingOf);
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(500);
    }
  }
}

function standingOf({ _id, n, undelivered, relayed, journey }: Kept): Standing {
  return {
    customerId: _id,
    n: undelivered ? n : (relayed ?? 0), // the rest is nothing that anybody listens to
    heard: journey?.heard ?? 0,
    ...(journey && { phase: journey.phase }),
    dues: journey?.agenda.flatMap(({ due }) => due ?? []) ?? [],
  };
}

type Kept = Pick<CustomerDocument, '_id' | 'n' | 'undelivered' | 'relayed' | 'journey'>;
