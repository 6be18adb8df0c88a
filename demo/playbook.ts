import { readFile } from 'node:fs/promises';
import { parse, parseDocument } from 'yaml';

/** The default playbook, with the tiers of the sample shop in its loyalty programme. */
export async function demoPlaybook(): Promise<string> {
  const [written, tiers] = await Promise.all(
    ['playbooks/default.yaml', 'demo/tiers.yaml'].map((file) => readFile(file, 'utf8')),
  );
  const playbook = parseDocument(written ?? '');
  playbook.setIn(['loyalty', 'tiers'], parse(tiers ?? ''));
  return playbook.toString({ lineWidth: 0 });
}
