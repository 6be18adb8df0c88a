import type { Config } from '../config.ts';
import type { Stack } from './stack.ts';

/** What `npm start` says when everything is up. The admin key is shown the first time only. */
export function welcome(config: Config, stack: Stack, dir: string, isNew: boolean): string {
  const { publicUrl, adminKey } = config;
  const { inboxUrl, temporal } = stack;
  const places = [
    ['Pages', publicUrl],
    ['Join', `${publicUrl}/join`],
    ['API', `${publicUrl}/reference`],
    ['Inbox', inboxUrl],
    ['Temporal', temporal.uiUrl],
    ['Admin key', isNew ? adminKey : `in ${dir}/secret`],
  ].flatMap(([name, value]) => (value ? [`  ${name?.padEnd(10)} ${value}`] : []));
  const shownOnce = isNew
    ? ['', `  The admin key opens pages and API. It is shown this once, and kept in ${dir}/secret.`]
    : [];
  const end = [
    '',
    `  Ctrl-C stops everything; the next npm start goes on from here. Logs: ${dir}/*.log`,
    '',
    '',
  ];
  return ['', '  Rapport is up.', '', ...places, ...shownOnce, ...end].join('\n');
}
