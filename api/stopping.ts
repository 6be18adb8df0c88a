import type { z } from 'zod';
import { spreadFor } from '../domain/sending.ts';
import type { SendingAnswer } from './answers.ts';
import type { ApiDeps } from './deps.ts';

type Deps = Pick<ApiDeps, 'sending'>;
type Answer = z.output<typeof SendingAnswer>;

type Stop = { readonly by: string; readonly because?: string; readonly only?: 'marketing' };
type Start = { readonly by: string; readonly because?: string; readonly spread?: number };

/** Stops mail, by hand: times are the wall's, as the brake is pulled in real time. */
export async function stopMail({ sending }: Deps, { by, because, only }: Stop): Promise<Answer> {
  await sending.stop(only ?? 'all', { by, because, at: new Date() });
  return sendingAnswer({ sending });
}

/** Lets mail leave again, spread over so many milliseconds, or as many as the number of those who wait asks for. */
export async function startMail({ sending }: Deps, { by, because, spread }: Start): Promise<Answer> {
  const spreadMs = spread ?? spreadFor(await sending.waiting());
  await sending.start(spreadMs, { by, because, at: new Date() });
  return sendingAnswer({ sending });
}

/** Whether mail leaves, since when and why, and who waits. */
export async function sendingAnswer({ sending }: Deps): Promise<Answer> {
  const [state, waiting] = await Promise.all([sending.current(), sending.waiting()]);
  const { stopped = null, at, by = null, because = null, spreadMs } = state;
  const since = at?.toISOString() ?? null;
  return { stopped, since, by, because, waiting, spreadMinutes: Math.round(spreadMs / 60_000) };
}
