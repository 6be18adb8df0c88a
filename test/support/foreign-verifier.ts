import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import type { DkimKey } from '../../mail/dkim.ts';
import { dkimRecord } from '../../mail/dkim-keys.ts';
import { cacheFolder } from '../../servers/binaries.ts';
import { fromPythonIndex } from '../../servers/python-index.ts';

const DKIMPY = {
  name: 'dkimpy',
  wheel: { requirement: 'dkimpy==1.1.8', path: 'dkim/__init__.py' },
};
const SCRIPT = new URL('verify-mail.py', import.meta.url).pathname;

/** What another's code reads in a mail; see `verify-mail.py`. */
export type Seen = {
  readonly dkim: {
    readonly passes: boolean;
    readonly selector: string;
    readonly domain: string;
    readonly canonical: string;
    readonly algorithm: string;
    readonly h: readonly string[];
  };
  readonly headers: {
    readonly from: readonly Reader[];
    readonly to: readonly Reader[];
    readonly replyTo: readonly Reader[];
    readonly subject: string;
    readonly date: string;
    readonly messageId: string;
    readonly list: Readonly<Record<string, readonly string[]>>;
    readonly leave: readonly { readonly url: string; readonly scheme: string }[] | null;
    readonly parts: readonly string[];
    readonly text: string;
    readonly defects: readonly string[];
    readonly twice: readonly string[];
  };
};

type Reader = { readonly name: string; readonly address: string };

export type ForeignVerifier = {
  read(mails: readonly string[], keys: readonly DkimKey[]): Promise<readonly Seen[]>;
};

/** Finds Python and the verifier, or tells in one line what is missing and how to get it. */
export async function aForeignVerifier(): Promise<ForeignVerifier | string> {
  try {
    const library = dirname(dirname(await fromPythonIndex(DKIMPY, cacheFolder(), () => undefined)));
    await python(library, ['-c', 'import dkim'], '');
    return { read: (mails, keys) => read(library, mails, keys) };
  } catch (error) {
    const [why] = String(error).split('\n');
    return `left out: ${why}. It needs Python 3 with pip, and fetches ${DKIMPY.wheel.requirement} by itself`;
  }
}

async function read(library: string, mails: readonly string[], keys: readonly DkimKey[]) {
  const asked = {
    dns: Object.fromEntries(keys.map((key) => [`${key.selector}._domainkey.${key.domain}`, dkimRecord(key)])),
    mails: mails.map((raw) => Buffer.from(raw).toString('base64')),
  };
  return JSON.parse(await python(library, [SCRIPT], JSON.stringify(asked)));
}

function python(library: string, args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PYTHONPATH: library };
    const child = execFile('python3', [...args], { env, maxBuffer: 2 ** 26 }, (error, stdout) => {
      if (error) reject(error);
      else resolve(stdout);
    });
    child.stdin?.end(input);
  });
}
