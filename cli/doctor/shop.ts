import { circuitBreaker } from '../../data/circuit-breaker.ts';
import { playbooks } from '../../data/playbooks.ts';
import { sending } from '../../data/sending.ts';
import { suppressions } from '../../data/suppressions.ts';
import { broken, type Check, ok, refused, warning } from '../../domain/check.ts';
import { becauseOf, type Lately, tripOf } from '../../domain/circuit-breaker.ts';
import type { ComplaintTerms } from '../../domain/complaint-terms.ts';
import type { Playbook, Shop } from '../../domain/playbook.ts';
import { type Soundness, soundnessOf } from '../../mail/sound-playbook.ts';
import { playbookText } from '../playbook-file.ts';

/** Where the default playbook stands; it is looked at where none is published. */
const DEFAULT = 'playbooks/default.yaml';

/** What is said in whose name, and whether it may be. */
export type Looked = {
  readonly checks: readonly Check[];
  readonly shop?: Shop;
  readonly complaints?: ComplaintTerms;
};

/** Looks at the playbook in force, else at the default one: its templates, its address, and whether mail leaves. */
export async function shopChecks(templates: string): Promise<Looked> {
  const current = await playbooks.current();
  const yaml = current && (await playbooks.source(current.version));
  const name = current ? `playbook, version ${current.version}` : `playbook ${DEFAULT}`;
  const found = await soundnessOf(yaml ?? (await playbookText(DEFAULT)), templates);
  const { shop, complaints } = current ?? (found.kind === 'sound' ? found.sound.playbook : NONE);
  return {
    checks: [
      ...(current ? [] : [notPublished()]),
      templatesCheck(name, found),
      ...(shop ? [addressCheck(shop)] : []),
      await stoppedCheck(),
      complaintsCheck(await circuitBreaker.lately()),
      ok('suppressions', `${await suppressions.count()} addresses are never written to`),
    ],
    ...(shop && { shop }),
    ...(complaints && { complaints }),
  };
}

const NONE: Partial<Playbook> = {};

function notPublished(): Check {
  const mend = 'npm run rapport -- playbook publish FILE';
  return broken('playbook', { says: 'none is published: the API accepts nothing, nothing is sent', mend });
}

function templatesCheck(name: string, found: Soundness): Check {
  if (found.kind === 'sound') return ok(name, `${found.sound.compiled.length} templates compile`);
  const [first] = found.errors;
  const where = first?.template ? `${first.template}, ` : '';
  const says = `${found.errors.length} mistakes; ${where}line ${first?.line}: ${first?.message}`;
  return broken(name, { says, mend: 'npm run rapport -- playbook check FILE tells all of them' });
}

/** Marketing names a place where the sender can be found, by law (CAN-SPAM, and the shop's own imprint duties). */
function addressCheck({ address }: Shop): Check {
  const check = 'postal address';
  if (/\d/.test(address) && address.trim().length >= 10) return ok(check, address);
  const says = `"${address}" does not read like one`;
  return warning(check, { says, mend: 'set shop.address in the playbook: street, number, town' });
}

async function stoppedCheck(): Promise<Check> {
  const { stopped, because, by } = await sending.current();
  if (!stopped) return ok('stop', 'mail leaves');
  const says = `${stopped === 'all' ? 'all mail' : 'marketing'} is stopped by ${by}${because ? `: ${because}` : ''}`;
  return warning('stop', { says, mend: 'once it is mended: npm run rapport -- start-mail' });
}

/** What was heard of; the providers count those too of which they tell nobody. */
function complaintsCheck(lately: Lately): Check {
  const check = 'spam complaints and hard bounces';
  const trip = tripOf(lately);
  const { mails, spamComplaints, hardBounces } = lately;
  if (!trip) return ok(check, `${spamComplaints} and ${hardBounces} of the last ${mails} marketing mails`);
  const mend = 'write to fewer people, who asked for it; look at where these addresses are from';
  return refused(check, ['Gmail', 'Yahoo'], { says: becauseOf(trip), mend });
}
