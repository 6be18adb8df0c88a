import type { Environment } from '../config.ts';
import { takeFolder } from './folder.ts';
import type { Kept, KeptOptions } from './kept.ts';
import { keepPorts, type Ports, readPorts } from './local.ts';
import { mailPart, mongoPart, type Part, temporalPart } from './parts.ts';
import type { Running } from './processes.ts';

export type StackOptions = {
  /** Where the data are: `.rapport`, or a time-lapse's own. */
  readonly dir: string;
  /** No progress lines. */
  readonly quiet?: boolean;
  /** Ports to take if they are free; the rest as last time. */
  readonly ports?: Partial<Ports>;
  /** What it names is used, not started. @default process.env */
  readonly env?: Environment;
  /** Is told in one line when a server ended by itself and is started again. */
  readonly tell?: (line: string) => void;
  /** How long the mail catcher is busy with each mail, milliseconds. @default 0 */
  readonly mailTakesMs?: number;
};

/** The servers Rapport stands on. */
export type Stack = {
  readonly mongodbUri: string;
  readonly temporal: { readonly address: string; readonly namespace: string; readonly uiUrl?: string };
  readonly smtpUrl: string;
  /** The mail catcher's page; absent when the environment names an SMTP server. */
  readonly inboxUrl?: string;
  /** The variables that name these servers, for `readConfig` and for child processes. */
  readonly env: Readonly<Record<string, string>>;
  /** The embedded servers that are processes of their own; each is started again should it end by itself. */
  readonly processes: readonly Kept[];
  /** For other processes that work on these data: if we are killed, the next start waits for their end too. */
  readonly keeping: KeptOptions;
  /** Ends what was started, the last first; nothing is left behind. */
  stop(): Promise<void>;
};

/**
 * Starts the servers that the environment does not name, and sees that those it names can be used.
 *
 * @throws StepFailed in one line that says what to do; what was started by then is ended
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const folder = await takeFolder(options.dir);
  const parts: Part[] = [];
  const stop = async () => {
    for (const part of parts.splice(0).reverse()) await part.stop();
    await folder.release();
  };
  try {
    const note = ({ pid }: Running) => folder.note(pid);
    const keeping = { note, ...(options.tell && { tell: options.tell }) };
    return { ...(await startAll(options, keeping, parts)), keeping, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts one after another, noting each in `parts` as soon as it is there. */
async function startAll(
  options: StackOptions,
  keeping: KeptOptions,
  parts: Part[],
): Promise<Omit<Stack, 'keeping' | 'stop'>> {
  const { dir, quiet = false, env = process.env, mailTakesMs = 0 } = options;
  const making = {
    dir,
    quiet,
    env,
    keeping,
    mailTakesMs,
    ports: { ...(await readPorts(dir)), ...options.ports },
  };
  const noted = <T extends Part>(part: T): T => {
    parts.push(part);
    return part;
  };
  const mongo = noted(await mongoPart(making));
  const { address, namespace, uiUrl } = noted(await temporalPart(making));
  const { smtpUrl, inboxUrl } = noted(await mailPart(making));
  await keepPorts(dir, Object.assign(making.ports, ...parts.map(({ ports }) => ports)));
  return {
    mongodbUri: mongo.uri,
    temporal: { address, namespace, ...(uiUrl && { uiUrl }) },
    smtpUrl,
    ...(inboxUrl && { inboxUrl }),
    env: Object.assign({}, ...parts.map((part) => part.env)),
    processes: parts.flatMap(({ kept }) => kept ?? []),
  };
}
