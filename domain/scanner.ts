/** Why a click counts as a machine's. */
export type ScannerSign = 'head' | 'prefetch' | 'user-agent' | 'early' | 'burst';

/** One visit to a counted link of a mail. */
export type LinkVisit = {
  readonly method: string;
  readonly userAgent: string;
  /** The headers by which browsers tell that nobody asked to see it yet: `Sec-Purpose`, `Purpose`, `X-Moz`. */
  readonly purposes: readonly string[];
  /** Epoch milliseconds. */
  readonly at: number;
  /** When the mail server took the mail, epoch milliseconds. */
  readonly sentAt: number;
};

/** So soon nobody has read a mail; gateways look at links before they deliver it. */
export const EARLY_MS = 5_000;
/** So many different links of one mail within so long are a machine's: people follow one, perhaps two. */
const BURST_LINKS = 3;
export const BURST_MS = 5_000;

/** What calls itself a program, a preview or a gateway (docs/mails.md has the sources). */
const MACHINES = new RegExp(
  [
    'bot\\b|bot/|crawler|spider|preview|scanner|headless|phantomjs|puppeteer|playwright',
    'barracuda|proofpoint|mimecast|ironport|ciscosecureemail|fortinet|fortiguard|sophos|tmes|trend ?micro|forcepoint|symantec',
    'facebookexternalhit|slack-imgproxy|whatsapp|skypeuripreview|googleimageproxy|yahoomailproxy|snap url',
    'curl|wget|python|aiohttp|httpx|java/|jakarta|apache-httpclient|okhttp|go-http-client|node-fetch|axios|undici|libwww|lwp|ruby|php|guzzle',
  ].join('|'),
  'i',
);

/**
 * Tells by what a visit is a machine's; nothing: it may well be a person. Gateways that pretend to be a browser and take
 * their time are not told from people, so the count of people is what is left, never a proof.
 */
export function scannerSign(visit: LinkVisit): ScannerSign | undefined {
  if (visit.method === 'HEAD') return 'head';
  if (visit.purposes.some((purpose) => /prefetch|preview|prerender/i.test(purpose))) return 'prefetch';
  if (visit.userAgent.trim() === '' || MACHINES.test(visit.userAgent)) return 'user-agent';
  if (visit.at - visit.sentAt < EARLY_MS) return 'early';
  return undefined;
}

/**
 * Whether the visits to a mail about a moment are a machine's. It has to be asked after the visit is kept: of links that
 * are opened at once, whoever asks last sees all of them.
 */
export function isBurst(
  at: number,
  visits: readonly { readonly link: number; readonly at: number }[],
): boolean {
  const close = visits.filter((visit) => Math.abs(visit.at - at) < BURST_MS);
  return new Set(close.map(({ link }) => link)).size >= BURST_LINKS;
}
