import { type Command, InvalidArgumentError } from 'commander';
import { type sendingAnswer, startMail, stopMail } from '../../api/stopping.ts';
import { sending } from '../../data/sending.ts';
import { Spread } from '../../domain/requests.ts';
import { answer } from '../answer.ts';
import { connected } from '../connected.ts';

type Because = { readonly because?: string };

/** `rapport stop-mail` and `start-mail`: the emergency brake, which holds for every worker within seconds. */
export function mailCommands(program: Command): void {
  program
    .command('stop-mail')
    .description('let no mail leave, service mail too; what comes due meanwhile waits')
    .option('--because <text>', 'why, for whoever finds it stopped')
    .option('--marketing', 'let service mail go on')
    .action(async ({ because, marketing }: Because & { marketing?: true }, command: Command) => {
      const only = marketing ? { only: 'marketing' as const } : {};
      await tell(command, () =>
        stopMail({ sending }, { by: 'command', ...only, ...(because && { because }) }),
      );
    });
  program
    .command('start-mail')
    .description('let mail leave again; what waited comes spread over some time')
    .option('--because <text>', 'why')
    .option('--spread <span>', 'over how long, such as "2 hours"; by default as long as is needed', spreadOf)
    .action(async ({ because, spread }: Because & { spread?: number }, command: Command) => {
      const over = spread === undefined ? {} : { spread };
      await tell(command, () =>
        startMail({ sending }, { by: 'command', ...over, ...(because && { because }) }),
      );
    });
}

type State = Awaited<ReturnType<typeof sendingAnswer>>;

async function tell(command: Command, work: () => Promise<State>): Promise<void> {
  const state = await connected(work);
  answer(command, state, textOf(state));
}

function textOf({ stopped, since, because, waiting, spreadMinutes }: State): string {
  const why = because ? ` (${because})` : '';
  if (stopped) {
    const what = stopped === 'all' ? 'All mail is stopped' : 'Marketing is stopped, service mail leaves';
    return `${what} since ${since}${why}. ${waiting} customers wait: rapport start-mail`;
  }
  return `Mail leaves. ${waiting} customers waited; theirs comes within about ${spreadMinutes} minutes of open hours.`;
}

function spreadOf(text: string): number {
  const read = Spread.safeParse(text);
  if (!read.success) throw new InvalidArgumentError(`It ${read.error.issues[0]?.message}.`);
  return read.data;
}
