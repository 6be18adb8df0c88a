import type { Config } from '../../config.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { broken, type Check, ok, unknown } from '../../domain/check.ts';
import type { Shop } from '../../domain/playbook.ts';
import { feedbackLoopAddress } from '../../domain/return-path.ts';
import { senderAddress } from '../../domain/sender-address.ts';
import { domainOf } from '../../mail/headers.ts';
import { reachMongo, reachTemporal } from '../../servers/reach.ts';
import type { Dns } from './dns.ts';
import { mailServerChecks } from './mail-server.ts';
import { repliesCheck } from './replies.ts';
import { oneClickCheck, senderChecks } from './sender.ts';
import { type Looked, shopChecks } from './shop.ts';

export type ExamineDeps = {
  readonly dns: Dns;
  readonly fetch: typeof fetch;
  /** Where the templates are. */
  readonly templates: string;
};

/** Looks at all that has to be so for mail to arrive, changing nothing and sending nothing. */
export async function examine(config: Config, deps: ExamineDeps): Promise<readonly Check[]> {
  const mongo = await partCheck('MongoDB', reachMongo(config.mongodbUri));
  const looked = mongo.verdict === 'ok' ? await shopIn(config.mongodbUri, deps.templates) : NOTHING;
  const [temporal, server, click, sender] = await Promise.all([
    partCheck('Temporal', reachTemporal(config.temporal)),
    mailServerChecks(config.smtpUrl, deps.dns),
    oneClickCheck(config.publicUrl, deps.fetch),
    looked.shop ? senderChecks(senderOf(looked.shop, config), deps.dns) : [NOBODY],
  ]);
  const replies = looked.shop ? [repliesIn(looked.shop, looked, config)] : [];
  return [
    mongo,
    temporal,
    ...looked.checks,
    ...server,
    ...sender,
    click,
    ...replies,
    ...feedbackLoop(config),
  ];
}

async function shopIn(mongodbUri: string, templates: string): Promise<Looked> {
  await connect(mongodbUri);
  try {
    return await shopChecks(templates);
  } finally {
    await disconnect();
  }
}

const NOTHING: Looked = { checks: [] };
const NOBODY = unknown('sender', 'nobody knows who mails are from: there is no sound playbook to read it in');

function senderOf(shop: Shop, { dkim, returnPath }: Config) {
  const from = domainOf(senderAddress(shop));
  return { from, replyTo: domainOf(shop.replyTo), returnPath: returnPath ?? from, dkim };
}

function repliesIn({ replyTo }: Shop, { complaints }: Looked, { returnPath }: Config): Check {
  return repliesCheck({ complaints, replyTo, returnPath });
}

/** Where spam complaints are to go: providers ask for one address, once. */
function feedbackLoop({ returnPath, secrets: [secret] }: Config): readonly Check[] {
  if (returnPath === undefined || secret === undefined) return [];
  const address = feedbackLoopAddress(returnPath, secret);
  return [ok('feedback loops', `register ${address} with providers that report spam complaints by mail`)];
}

async function partCheck(name: string, reaching: Promise<void>): Promise<Check> {
  try {
    await reaching;
    return ok(name, 'answers');
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return broken(name, { says, mend: 'see docs/operations.md' });
  }
}
