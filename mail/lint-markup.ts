import type { Line } from './expand.ts';
import type { Unreadable } from './readable.ts';
import type { TemplateError } from './template-refused.ts';

const TAG = /<([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi;
const LINK = /(?:^|\s)(?:href|src|background-url|action)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
const FINE = /^(?:\{\{link |https:\/\/|mailto:)/;
const ALT = /(?:^|\s)alt\s*=/i;
const PICTURES = ['img', 'mj-image'];

/** What is wrong with the tags of a template: links that are not safe, pictures without words. */
export function lintMarkup(lines: readonly Line[]): readonly TemplateError[] {
  const text = lines.map((line) => line.text).join('\n');
  return [...text.matchAll(TAG)].flatMap(({ 0: tag, 1: name = '', 2: attributes = '', index }) => {
    const line = lines[text.slice(0, index).split('\n').length - 1];
    const messages = [...linksIn(attributes), ...(isSilent(name, attributes) ? [NO_ALT] : [])];
    return messages.map((message) => ({
      ...{ template: line?.file ?? '', line: (line?.line ?? 1) + linesBefore(tag, message), message },
    }));
  });
}

const NO_ALT = 'a picture without alt="…"; say what is to be seen, or alt="" where it only decorates';

function isSilent(name: string, attributes: string): boolean {
  return PICTURES.includes(name.toLowerCase()) && !ALT.test(attributes);
}

function linksIn(attributes: string): readonly string[] {
  const urls = [...attributes.matchAll(LINK)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
  return urls.filter((url) => !FINE.test(url)).map((url) => `a link is https or mailto: "${url}"${how(url)}`);
}

function how(url: string): string {
  if (url.startsWith('{{')) return `; write {{link ${url.replaceAll(/[{}]/g, '')}}}`;
  return url.startsWith('http://') ? `; write https://${url.slice('http://'.length)}` : '';
}

/** A tag may stretch over lines: how many of them come before what is wrong in it. */
function linesBefore(tag: string, message: string): number {
  const [, url] = /^a link is [^"]*"([^"]*)"/.exec(message) ?? [];
  return url ? tag.slice(0, tag.indexOf(url)).split('\n').length - 1 : 0;
}

/** Where text that is hard to read was written: the page keeps the order of the template. */
export function placed(found: readonly Unreadable[], lines: readonly Line[]): readonly TemplateError[] {
  let from = 0;
  return found.map(({ text, message }) => {
    const begin = text.split('\n')[0]?.trim().slice(0, 40) ?? '';
    const next = lines.findIndex((line, at) => at >= from && line.text.includes(begin));
    const at = next >= 0 ? next : lines.findIndex((line) => line.text.includes(begin));
    from = Math.max(at, 0);
    const { file = '', line = 1 } = lines[from] ?? {};
    return { template: file, line, message: `text ${message}` };
  });
}
