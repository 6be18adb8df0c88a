import { z } from 'zod';

/** One mail in the catcher. */
export type CaughtMail = z.output<typeof Mail>;

const Mail = z.object({
  /** From 1, in the order in which they came. */
  n: z.number(),
  messageId: z.string(),
  to: z.string(),
  /** Its own `Date` header. */
  date: z.string(),
});

const Messages = z.object({ messages: z.array(Mail) });

/** Every mail in the catcher after the n-th, each as often as it came. */
export async function fetchMails(inboxUrl: string, after = 0): Promise<readonly CaughtMail[]> {
  const response = await fetch(new URL(`/messages.json?after=${after}`, inboxUrl));
  return Messages.parse(await response.json()).messages;
}

/** A mail as it came, byte for byte. */
export async function fetchSource(inboxUrl: string, n: number): Promise<ArrayBuffer> {
  return (await fetch(new URL(`/mails/${n}/source`, inboxUrl))).arrayBuffer();
}
