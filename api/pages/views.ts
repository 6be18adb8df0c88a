import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';

const HERE = new URL('.', import.meta.url);
const STYLE = new URL('assets/rapport.css', HERE);

/** What is served beside the pages: the style sheet and the mark. */
export const ASSETS_DIR = fileURLToPath(new URL('assets/', HERE));

/** Renders a view by its name. */
export type Views = (view: string, context: object) => string;

/** Reads all views once. They are strict: a field that is missing is an error, not a hole in the page. */
export function loadViews(): Views {
  const handlebars = Handlebars.create();
  const names = readdirSync(HERE).filter((file) => file.endsWith('.hbs'));
  for (const file of names) {
    handlebars.registerPartial(basename(file, '.hbs'), readFileSync(new URL(file, HERE), 'utf8'));
  }
  const options = { strict: true, knownHelpersOnly: true, preventIndent: true };
  const templates = new Map(
    names.map((file) => {
      const name = basename(file, '.hbs');
      return [name, handlebars.compile(`{{> ${name}}}`, options)] as const;
    }),
  );
  return (view, context) => templates.get(view)?.(context) ?? '';
}

/** Changes with the style sheet, so that browsers may keep it for long. */
export function styleVersion(): string {
  return createHash('sha256').update(readFileSync(STYLE)).digest('hex').slice(0, 8);
}
