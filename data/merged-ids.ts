import { trusted } from 'mongoose';
import { CustomerModel } from './customer-document.ts';

/** A customer's id, and those of all who became them, however many merges ago. */
export async function idsOf(customerId: string): Promise<readonly string[]> {
  const ids = new Set([customerId]);
  for (let found = [customerId]; found.length > 0; ) {
    const merged = await CustomerModel.find({ mergedInto: trusted({ $in: found }) }, { _id: 1 }).lean();
    found = merged.map(({ _id }) => _id).filter((id) => !ids.has(id));
    for (const id of found) ids.add(id);
  }
  return [...ids];
}
