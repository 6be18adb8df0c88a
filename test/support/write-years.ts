import { readFile, writeFile } from 'node:fs/promises';
import { defaultPlaybook } from './default-playbook.ts';
import { BEGIN_YEARS, END_YEARS, yearsPage } from './years-page.ts';

/** Writes the years of `docs/playbook.md` anew: `npx node test/support/write-years.ts`. */
const FILE = 'docs/playbook.md';

const docs = await readFile(FILE, 'utf8');
const [before] = docs.split(BEGIN_YEARS);
const [, after] = docs.split(END_YEARS);
const page = yearsPage(await defaultPlaybook());
await writeFile(FILE, `${before}${BEGIN_YEARS}\n${page}\n${END_YEARS}${after}`);
