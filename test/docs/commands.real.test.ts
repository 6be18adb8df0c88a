import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiKeys } from '../../data/api-keys.ts';
import { privacyRequests } from '../../data/privacy-requests.ts';
import { type MailCatcher, startMailCatcher } from '../../servers/mail-catcher.ts';
import { aPlaybook } from '../support/builders.ts';
import { commandsIn } from '../support/doc-commands.ts';
import { Rapport } from '../support/rapport.ts';

let catcher: MailCatcher;
let rapport: Rapport;
/** What a reader puts in the place of a word in capitals. */
let meant: Readonly<Record<string, string>>;

beforeAll(async () => {
  catcher = await startMailCatcher();
  rapport = await Rapport.api({ smtpUrl: catcher.smtpUrl, playbook: aPlaybook([]) });
  const { id } = await apiKeys.create({ name: 'old', scopes: [] });
  await privacyRequests.keep({ id, kind: 'erase-customer', source: 'shopify', orders: [] }, Date.now());
  meant = {
    FILE: 'playbooks/default.yaml',
    SHOPIFYCUSTOMERS: 'test/fixtures/import/shopify-customers.csv',
    SHOPIFYORDERS: 'test/fixtures/import/shopify-orders.csv',
    SUBSCRIBED: 'test/fixtures/import/mailchimp-subscribed.csv',
    UNSUBSCRIBED: 'test/fixtures/import/mailchimp-unsubscribed.csv',
    CLEANED: 'test/fixtures/import/mailchimp-cleaned.csv',
    VERSION: '2', // the first that has a text
    ID: id, // of a key to revoke, and of a request that is answered
  };
});
afterAll(async () => {
  await rapport.stop();
  await catcher.stop();
});

const PAGES = [
  'api',
  'connect',
  'feedback',
  'import',
  'join',
  'mails',
  'operations',
  'playbook',
  'publishing',
  'results',
  'simulate',
].map((name) => `docs/${name}.md`);

describe.each(PAGES)('%s', (page) => {
  it('holds commands that do what they say', async () => {
    const failed = [];
    for (const { line, script } of await commandsIn(page)) {
      const { code, output } = await run(script);
      if (code !== 0) failed.push(`${page}:${line} ends with ${code}\n${output}`);
    }

    expect(failed).toEqual([]);
  }, 240_000);
});

/** Runs commands as a reader would, in the project's folder. */
function run(script: string): Promise<{ code: number; output: string }> {
  const here = script
    .replaceAll('http://127.0.0.1:3000', rapport.url)
    .replaceAll(/\b[A-Z]{2,}\b/g, (word) => meant[word] ?? word);
  const env = { ...process.env, ...rapport.env, KEY: rapport.env.RAPPORT_ADMIN_KEY };
  return new Promise((resolve) => {
    execFile('bash', ['-euo', 'pipefail', '-c', here], { env }, (error, stdout, stderr) => {
      resolve({
        code: typeof error?.code === 'number' ? error.code : error ? 1 : 0,
        output: stdout + stderr,
      });
    });
  });
}
