import { readdir } from 'node:fs/promises';

/** The touches there is a template for: the names of `<touch>.mjml`, sorted. */
export async function templateNames(dir: string): Promise<readonly string[]> {
  const files = await readdir(dir);
  return files.flatMap((file) => (file.endsWith('.mjml') ? [file.slice(0, -'.mjml'.length)] : [])).sort();
}
