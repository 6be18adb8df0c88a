import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { simulateCommand } from '../../cli/commands/simulate.ts';

const HEADER = 'source,order_id,customer_id,email,at,total,currency,sku,name,category,quantity,price';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function aFile(...lines: readonly string[]): Promise<string> {
  const file = join(folder, `orders-${lines.length}-${lines.join('').length}.csv`);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

/** Runs the command, and gives what it printed. */
async function run(...args: readonly string[]): Promise<string> {
  const program = new Command('rapport')
    .option('--json')
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  simulateCommand(program);
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => {} });
  const lines: string[] = [];
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    await program.parseAsync(['simulate', ...args], { from: 'user' });
    return lines.join('');
  } finally {
    write.mockRestore();
  }
}

const sample = async (customers: number) => {
  const text = await readFile('demo/cdnow-sample.txt', 'utf8');
  return aFile(
    ...text.split('\n').filter((line) => Number(line.slice(7, 11)) <= customers && line.trim() !== ''),
  );
};

describe('rapport simulate', () => {
  it('says what the default playbook would have sent over orders of CDNOW', async () => {
    const out = await run('--orders', await sample(20));

    expect(out).toContain('1997-01-01 to 1998-');
    expect(out).toContain('orders of 20 customers');
    expect(out).toMatch(/^thank-you \(service\) +\d+ /m);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('prints the same figures as JSON', async () => {
    const file = await aFile(
      HEADER,
      'shop,o-1,c-1,an@example.com,2026-03-02T10:00:00Z,2932,EUR,cd-17,Kind of Blue,jazz,1,1466',
      'shop,o-1,c-1,an@example.com,2026-03-02T10:00:00Z,2932,EUR,cd-18,Blue Train,jazz,1,1466',
      'shop,o-2,,bo@example.com,2026-03-09,1466,EUR,,,,,',
    );

    const report = JSON.parse(await run('--orders', file, '--days', '30', '--json'));

    expect(report).toMatchObject({
      orders: { file, form: 'orders', count: 2, history: 0 },
      ...{ playbook: 'playbooks/default.yaml', from: '2026-03-02', until: '2026-03-31', customers: 2 },
    });
    expect(report.touches[0]).toMatchObject({ touch: 'thank-you', planned: 2, sent: 2 });
    expect(report.assumed.length).toBeGreaterThan(2);
  });

  it('takes orders before the first day for history, and mails nobody about them', async () => {
    const file = await aFile(HEADER, 'shop,o-1,c-1,an@example.com,2025-03-02T10:00:00Z,2932,EUR,,,,,');

    const report = JSON.parse(await run('--orders', file, '--from', '2026-01-01', '--days', '30', '--json'));

    expect(report.orders).toMatchObject({ count: 0, history: 1 });
    expect(report.mails.all).toMatchObject({ mails: 0, neverMailed: 1 });
    expect(report.phases[1]).toMatchObject({ phase: 'getting-acquainted', customersAtTheEnd: 1 });
  });

  it('takes the orders of another system’s export', async () => {
    const report = JSON.parse(await run('--orders', 'test/fixtures/import/shopify-orders.csv', '--json'));

    expect(report.orders.form).toMatch(/Shopify/i);
    expect(report.orders.count).toBeGreaterThan(0);
  });

  it('consents, lives and celebrates as the file of customers tells', async () => {
    const orders = await aFile(
      HEADER,
      'shop,o-1,c-1,an@example.com,2026-03-02T10:00:00Z,2932,EUR,,,,,',
      'shop,o-2,c-2,bo@example.com,2026-03-02T10:00:00Z,2932,EUR,,,,,',
    );
    const customers = await aFile(
      'id,email,birthday,consent_topics,consent_at,consent_source',
      'c-1,an@example.com,1984-04-21,news tips surveys,2026-01-02T10:00:00Z,checkout',
      'c-2,bo@example.com,1984-04-21,,,',
    );

    const asked = ['--orders', orders, '--customers', customers, '--from', '2026-02-01', '--days', '100'];
    const report = JSON.parse(await run(...asked, '--json'));

    expect(report.touches.find(({ touch }: { touch: string }) => touch === 'birthday')).toMatchObject({
      ...{ planned: 4, sent: 1, skipped: { 'no-consent': 1 }, toCome: 2 },
    });
    expect(report.assumed[0]).toContain(`Customers consent as ${customers} tells`);
  });

  it.each([
    [
      'a total is in euros',
      [HEADER, 'shop,o-1,c-1,,2026-03-02T10:00:00Z,29.33,EUR,,,,,'],
      'line 2: total: is not in minor units (write 29.33 as 2933)',
    ],
    [
      'an address is none',
      [HEADER, 'shop,o-1,c-1,an@,2026-03-02T10:00:00Z,2933,EUR,,,,,'],
      'line 2: email: is not an e-mail address (it looks like an@example.com)',
    ],
    ['a line has too few columns', [HEADER, 'shop,o-2'], 'line 2: has 2 values'],
    ['it is empty', [HEADER], 'line 1: holds no orders; put them below the first line'],
  ])('says in one line what is wrong when %s', async (_, lines, problem) => {
    const file = await aFile(...lines);

    await expect(run('--orders', file)).rejects.toThrow(`${file}, ${problem}`);
  });

  it('says which column was probably meant, and which file', async () => {
    const misspelt = await aFile('order_id,att,total,currency,email');

    await expect(run('--orders', misspelt)).rejects.toThrow('has a column "att"');
    await expect(run('--orders', 'docs/import/suppressions.csv')).rejects.toThrow(
      'holds suppressions (suppressions); give orders',
    );
  });

  it.each([
    ['--from', '2026-02-30', 'Give a day such as 2026-01-01.'],
    ['--days', '0', 'Give a whole number of days from 1 to 36500.'],
    ['--delivered-after', 'soon', 'Give a length of time such as "3 days".'],
  ])('refuses %s %s', async (flag, value, words) => {
    await expect(run('--orders', 'x', flag, value)).rejects.toThrow(words);
  });

  it('says when the time would end before it begins', async () => {
    const file = await aFile(HEADER, 'shop,o-1,c-1,,2026-03-02T10:00:00Z,2933,EUR,,,,,');

    await expect(run('--orders', file, '--from', '2026-04-01')).rejects.toThrow(
      'the time ends on 2026-03-02, before it begins on 2026-04-01: mend --from, --until or --days',
    );
  });

  it('says which file it cannot read', async () => {
    await expect(run('--orders', 'no-such.csv')).rejects.toThrow('cannot read the orders no-such.csv');
  });
});
