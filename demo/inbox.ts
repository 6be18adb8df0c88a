import { z } from 'zod';
import type { Arrived } from './mail-counts.ts';

const Messages = z.object({ messages: z.array(z.object({ messageId: z.string(), to: z.string() })) });

/** Every mail in the catcher, each as often as it came. */
export async function fetchMails(inboxUrl: string): Promise<readonly Arrived[]> {
  const response = await fetch(new URL('/messages.json', inboxUrl));
  return Messages.parse(await response.json()).messages;
}
