import type { FastifyRequest } from 'fastify';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';

/** Only a page of ours may press a button: browsers tell which page a form was on. */
export function refuseForeign(
  { headers: { origin }, host }: FastifyRequest,
  { settings }: Pick<ApiDeps, 'settings'>,
): void {
  const from = origin === undefined ? host : URL.canParse(origin) && new URL(origin).host; // `null`: it hides
  const isOurs = from === host || from === new URL(settings.publicUrl).host;
  if (!isOurs) throw new Problem(403, 'only the page with the button may press it');
}
