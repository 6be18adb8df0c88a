import { createCurrentPlaybook } from '../data/current-playbook.ts';
import type { ReceiveDeps } from '../data/receive.ts';
import { isHeard } from '../domain/listening.ts';
import type { Playbook } from '../domain/playbook.ts';

/** What receiving takes: by the playbook in force. What nobody listens to is kept and folded, but wakes no workflow. */
export function receivingFor(given: Pick<ReceiveDeps, 'hashKey' | 'clock' | 'speed'>): ReceiveDeps {
  const current = createCurrentPlaybook();
  let known: Playbook | undefined;
  const playbook = async () => {
    known = await current();
    return known;
  };
  return { ...given, playbook, relevant: (type) => !known || isHeard(type, known) };
}
