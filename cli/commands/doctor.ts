import type { Command } from 'commander';
import { readConfig } from '../../config.ts';
import { type Check, isFine, PROVIDERS } from '../../domain/check.ts';
import { answer } from '../answer.ts';
import { createDns } from '../doctor/dns.ts';
import { examine } from '../doctor/examine.ts';

/** `rapport doctor`: would mail arrive? Exits 1 when a provider would refuse it, or it does not get that far. */
export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('say what Gmail, Yahoo and Microsoft would refuse, and how to mend it; nothing is sent')
    .option('--templates <dir>', 'where the templates are', 'templates')
    .action(async ({ templates }: { templates: string }, command: Command) => {
      const checks = await examine(readConfig(process.env), { dns: createDns(), fetch, templates });
      const fine = isFine(checks);
      answer(command, { fine, refusedBy: refusersIn(checks), checks }, textOf(checks));
      if (!fine) process.exitCode = 1;
    });
}

function refusersIn(checks: readonly Check[]): readonly string[] {
  return PROVIDERS.filter((provider) => checks.some(({ refusedBy }) => refusedBy.includes(provider)));
}

/** A line a check, what to do below it, and a sentence a provider. */
function textOf(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ verdict }) => verdict.length));
  const rows = checks.flatMap(({ check, verdict, refusedBy, says, mend }) => [
    `${verdict.padEnd(width)}  ${check}: ${says}${refusedBy.length > 0 ? ` [${refusedBy.join(', ')}]` : ''}`,
    ...(mend ? [`${''.padEnd(width)}  → ${mend}`] : []),
  ]);
  return [...rows, '', ...PROVIDERS.map((provider) => verdictOf(provider, checks))].join('\n');
}

function verdictOf(provider: string, checks: readonly Check[]): string {
  const reasons = checks.filter(({ refusedBy }) => refusedBy.some((one) => one === provider));
  if (reasons.length > 0)
    return `${provider} would refuse mail to many: ${reasons.map(({ check, says }) => `${check}: ${says}`).join('; ')}.`;
  const rest = checks.filter(({ verdict }) => verdict === 'unknown' || verdict === 'broken').length;
  const but = rest > 0 ? `, but ${rest} ${rest === 1 ? 'thing' : 'things'} could not be seen` : '';
  return `${provider} would refuse nothing that is seen here${but}.`;
}
