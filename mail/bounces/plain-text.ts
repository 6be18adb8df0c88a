/** Entities that notices use; others stay as they are. */
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
  '#64': '@',
  '#160': ' ',
};

/** What a mail says to people: its text, or the words of its page where the text says next to nothing. */
export function plainText(text = '', html = ''): string {
  const written = fromIso2022(text);
  if (written.trim().length > 40 || !html) return written.replaceAll('\u00a0', ' ');
  return `${written}\n${wordsOf(fromIso2022(html))}`.replaceAll('\u00a0', ' ');
}

function wordsOf(html: string): string {
  return html
    .replace(/<(style|script|title)\b[^<>]*>[^<]*/gi, ' ')
    .replace(/<(?:br|\/?p|\/?div|\/?tr|\/?li|\/?h\d|\/?table|hr|\/?blockquote|\/?pre)\b[^<>]*>/gi, '\n')
    .replace(/<[/!a-z][^<>@]*>/gi, ' ')
    .replace(/&(#?\w{1,6});/g, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity);
}

/** Japanese mailers often write ISO-2022-JP and say nothing of it; its escape marks it. */
function fromIso2022(text: string): string {
  if (!text.includes('\u001b$B') && !text.includes('\u001b$@')) return text;
  return new TextDecoder('iso-2022-jp').decode(Buffer.from(text, 'latin1'));
}
