/** Certificates have some two thousand bytes. */
const MOST_CHARACTERS = 100_000;
const PATIENCE_MS = 10_000;

/**
 * Fetches a text, from exactly where it is said to be: no redirect is followed.
 *
 * @throws when it cannot be had within ten seconds, or is too long to be what is looked for
 */
export async function fetchText(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
  const text = await response.text();
  if (!response.ok || text.length > MOST_CHARACTERS) throw new Error(`answered ${response.status}`);
  return text;
}
