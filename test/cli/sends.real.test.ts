import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Command } from 'commander';
import { sendsCommand } from '../../cli/commands/sends.ts';
import { connect, disconnect } from '../../data/connect.ts';
import { customers } from '../../data/customers.ts';
import { EventModel } from '../../data/event-document.ts';
import { migrate } from '../../data/migrate.ts';
import { playbooks } from '../../data/playbooks.ts';
import { sends } from '../../data/sends.ts';
import { sendKey } from '../../domain/send.ts';
import { sendRef } from '../../domain/send-ref.ts';
import { aTask } from '../support/asked-sends.ts';
import { aTransmission, takesPlace } from '../support/attempts.ts';
import { aPlaybook, aTouch } from '../support/builders.ts';
import { mongo } from '../support/servers.ts';
import { anEvent, aReceive, somebody } from '../support/shop.ts';

jest.setTimeout(60_000);

const TOLD = ['--because', 'in the log of the mail server', '--by', 'anna'];

let uri: string;
beforeAll(async () => {
  uri = await mongo();
  process.env.MONGODB_URI = uri;
  process.env.RAPPORT_HASH_KEY = 'a hash key of the tests';
  await connect(uri);
  await migrate();
  await playbooks.publish('of the test', aPlaybook([aTouch({ name: 'tips' })]));
});
beforeEach(() => connect(uri)); // a command disconnects at its end
afterAll(disconnect);

/** Runs the command, and gives what it printed: on stdout, or of what is wrong. */
async function run(...args: readonly string[]): Promise<string> {
  const said: string[] = [];
  const say = (text: unknown) => said.push(String(text)) > 0;
  const program = new Command('rapport').option('--json').exitOverride();
  sendsCommand(program);
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    command.exitOverride().configureOutput({ writeErr: say });
  }
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(say);
  try {
    await program.parseAsync(['sends', ...args], { from: 'user' });
  } catch (error) {
    said.push(error instanceof Error ? `${error.message}` : '');
  } finally {
    write.mockRestore();
  }
  await connect(uri);
  return said.join('');
}

/** A mail whose worker died while transmitting. */
async function anUnknown() {
  const [receipt] = await aReceive().receive([anEvent(somebody())], 'api');
  const asked = aTask({ customerId: receipt?.customerId ?? '', touch: 'tips' });
  await takesPlace(asked);
  await aTransmission(asked);
  const key = sendKey(asked);
  return { key, customerId: asked.customerId, id: `${asked.customerId}.${sendRef(key)}` };
}

describe('rapport sends', () => {
  it('lists the mails of unknown fate, with what may be decided of them', async () => {
    const { id, key } = await anUnknown();

    const list = await run();

    expect(list).toContain(`${id}  `);
    expect(list).toContain(key);
    expect(list).toContain('rapport sends settle ID --as arrived|lost --because "…" --by NAME');
    expect(await run('list', '--outcome', 'failed')).toMatch(
      /^None of these waits.*\nOf unknown fate: \d+\./,
    );
  });

  it('answers as the API does with --json, page by page', async () => {
    const mails = [(await anUnknown()).id, (await anUnknown()).id];

    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = JSON.parse(await run('--json', '--limit', '1', ...(cursor ? ['--cursor', cursor] : [])));
      ids.push(...page.sends.map((one: { readonly id: string }) => one.id));
      cursor = page.next;
    }

    expect(ids).toEqual(expect.arrayContaining(mails));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    ['its id', (mail: Mail) => mail.id],
    ['its key', (mail: Mail) => mail.key],
  ])(
    'settles a mail as lost by %s, gives its place back, and keeps who said so and why',
    async (_, nameOf) => {
      const mail = await anUnknown();

      expect(await run('settle', nameOf(mail), '--as', 'lost', ...TOLD)).toContain('was lost');

      expect((await customers.byId(mail.customerId))?.contact.places).toEqual([]);
      expect((await sends.byKey(mail.key))?.byHand).toMatchObject([
        { what: 'lost', by: 'anna (command)', because: 'in the log of the mail server' },
      ]);
      expect(await run('settle', mail.id, '--as', 'arrived', ...TOLD)).toContain('is known by now');
    },
  );

  it('has a mail sent again, once, however often it is asked', async () => {
    const { key, customerId } = await anUnknown();

    expect(await run('send-again', key, ...TOLD)).toContain('It is sent once more');
    const twice = await run('send-again', key, ...TOLD);

    expect(twice).toMatch(/asked for it already|is known by now/);
    const asked = await EventModel.find({ customerId, type: 'send-again' }).lean();
    expect(asked).toMatchObject([{ data: { touch: 'tips', by: 'anna (command)' } }]);
  });

  it.each([
    [
      'a mail nobody knows',
      ['settle', 'c-1.x', '--as', 'lost', ...TOLD],
      'no mail c-1.x: rapport sends list',
    ],
    ['a fate that is none', ['settle', 'c.x', '--as', 'accepted', ...TOLD], '--as: is arrived or lost'],
    ['no reason', ['send-again', 'c.x', '--by', 'anna'], "required option '--because <text>'"],
    ['nobody who says so', ['send-again', 'c.x', '--because', 'why'], "required option '--by <name>'"],
    ['an empty reason', ['send-again', 'c.x', '--because', ' ', '--by', 'anna'], '--because: '],
    ['an outcome that waits for nobody', ['--outcome', 'accepted'], '--outcome: is unknown or failed'],
    ['a time that is none', ['--since', 'yesterday'], '--since: is not a time in RFC 3339'],
    ['a page that nobody gave', ['--cursor', 'x'], 'cursor is not the `next` of a page'],
  ])('says what is wrong with %s', async (_, args, why) => {
    expect(await run(...args)).toContain(why);
  });
});

type Mail = Awaited<ReturnType<typeof anUnknown>>;
