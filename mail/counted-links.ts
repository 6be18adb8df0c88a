const LINK = /\bhref="(?:\{\{link ([\w.@]+)\}\}|(https:\/\/[^"{}']+))"/g;

/** By which somebody decides about their mail, or answers: they lead straight there. */
const THEIRS = /^(?:(?:links|confirm|answer)\.|answerUrl$)/;

/**
 * Numbers the links of a template that lead out of it, for those who agreed that their clicks are counted; `link` of
 * `formatters.ts` writes them. An address is written as it is for everybody else.
 *
 * @param html of MJML
 */
export function countable(html: string): { readonly html: string; readonly links: readonly string[] } {
  const links: string[] = [];
  const numbered = html.replaceAll(LINK, (whole, value: string | undefined, url: string | undefined) => {
    if (value && THEIRS.test(value)) return whole;
    const literal = url?.replaceAll('&amp;', '&');
    links.push(value ?? literal ?? '');
    return `href="{{link ${value ?? `'${literal}'`} count=${links.length - 1}}}"`;
  });
  return { html: numbered, links };
}
