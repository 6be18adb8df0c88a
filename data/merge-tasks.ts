import { type ClientSession, trusted } from 'mongoose';
import { sendKey } from '../domain/send.ts';
import { type TeamTaskDocument, TeamTaskModel } from './team-task-document.ts';

/**
 * Makes a customer's tasks those of whom they became, and marks each as one that is not to be given to the latter again.
 *
 * An attempt of the latter at the same touch and occasion finds another customer than it saw, and looks again.
 */
export async function moveTasks(from: string, into: string, session: ClientSession): Promise<void> {
  const theirs = await TeamTaskModel.find({ customerId: from }).session(session).lean();
  const marks = theirs.map((task) => markOf(task, into));
  const there = await TeamTaskModel.find({ _id: trusted({ $in: marks.map(({ _id }) => _id) }) }, { _id: 1 })
    .session(session)
    .lean();
  const missing = marks.filter(({ _id }) => !there.some((task) => task._id === _id));
  await TeamTaskModel.insertMany(missing, { session });
  await TeamTaskModel.updateMany({ customerId: from }, { $set: { customerId: into } }, { session });
}

function markOf({ touch, occasion, because, phase, playbook, at }: TeamTaskDocument, into: string) {
  const key = sendKey({ customerId: into, touch, occasion });
  const task = { customerId: into, touch, occasion, because, phase, playbook, at };
  return { _id: key, ...task, state: 'moved' as const };
}
