import type { TemplateValues } from '../domain/values.ts';
import type { CompiledTemplate } from './compile.ts';
import { createRenderer, type Preview } from './render.ts';

type Pinned = { readonly template: string; readonly values: TemplateValues };

/** A mail that left, or one that would have. */
type Written = { readonly mail?: Pinned; readonly wouldBe?: Pinned };

/**
 * Makes what shows mails again, to the letter as they were.
 *
 * @param find the template of a hash
 */
export function createPreview(find: (id: string) => Promise<CompiledTemplate | undefined>) {
  const renderer = createRenderer();
  /** @returns undefined for what never was a mail, or whose content is not kept any more */
  return async function preview({ mail: left, wouldBe }: Written): Promise<Preview | undefined> {
    const mail = left ?? wouldBe;
    const compiled = mail && (await find(mail.template));
    return compiled && renderer.previewMail(compiled, mail.values);
  };
}
