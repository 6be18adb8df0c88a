import { BadConfig, type Config, dkim, type Environment, publicUrlOf, Variables } from '../config.ts';
import { named } from '../config-fields.ts';

const ForMail = Variables.pick({ SMTP_URL: true, RAPPORT_DKIM_DOMAIN: true, RAPPORT_DKIM_KEYS: true });
const ForLinks = Variables.pick({ PUBLIC_URL: true, PORT: true });

/** What it takes to send one mail. @throws BadConfig with a line for each variable that is missing or bad */
export function readMailSettings(env: Environment): Pick<Config, 'smtpUrl' | 'dkim'> {
  const read = ForMail.safeParse(named(env));
  if (read.success) return { smtpUrl: read.data.SMTP_URL, ...dkim(read.data) };
  throw new BadConfig(
    read.error.issues.map(({ path, message }) => `${String(path[0])} ${message}.`).join('\n'),
  );
}

/** Where the pages are. @throws BadConfig when it is bad */
export function readPublicUrl(env: Environment): string {
  const read = ForLinks.safeParse(named(env));
  if (read.success) return publicUrlOf(read.data);
  throw new BadConfig(`PUBLIC_URL ${read.error.issues[0]?.message}.`);
}

/** The key alone, for commands that keep customers. @throws BadConfig when it is missing or bad */
export function readHashKey(env: Environment): string {
  const read = Variables.shape.RAPPORT_HASH_KEY.safeParse(named(env).RAPPORT_HASH_KEY);
  if (!read.success) throw new BadConfig(`RAPPORT_HASH_KEY ${read.error.issues[0]?.message}.`);
  return read.data;
}
