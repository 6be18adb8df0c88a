import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { fetchMails } from '../../demo/inbox.ts';

/** How many pages are asked for at a time. */
const AT_ONCE = 10;

/** Every link of every mail in the catcher: of the HTML, of the text, and of the header by which one leaves. */
export async function linksOfMails(inboxUrl: string): Promise<ReadonlySet<string>> {
  const mails = await fetchMails(inboxUrl);
  const found = await Promise.all(
    mails.map((_, at) => linksOfMail(new URL(`/mails/${at + 1}/source`, inboxUrl))),
  );
  return new Set(found.flat());
}

async function linksOfMail(source: URL): Promise<readonly string[]> {
  const response = await fetch(source);
  const { html = '', text = '', headers } = await PostalMime.parse(await response.arrayBuffer());
  const fields = headers.map(({ value }) => value).join(' ');
  const written = `${html} ${text} ${fields}`.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
  return written.match(/https?:\/\/[^\s"'<>]+/g) ?? [];
}

/** Asks for each of some links as a scanner does, and tells the answers' statuses. It waits where it is told to. */
export async function scan(links: readonly string[], method: 'GET' | 'HEAD'): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < links.length; at += AT_ONCE) {
    const batch = links.slice(at, at + AT_ONCE);
    statuses.push(...(await Promise.all(batch.map((link) => statusOf(link, method)))));
  }
  return statuses;
}

async function statusOf(link: string, method: string): Promise<number> {
  const { status, headers } = await fetch(link, { method, redirect: 'manual' });
  if (status !== 429) return status;
  await sleep(1_000 * Number(headers.get('retry-after') ?? 1));
  return statusOf(link, method);
}
