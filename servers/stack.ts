import type { Environment } from '../config.ts';
import { type Folder, takeFolder } from './folder.ts';
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
  /** The embedded servers that are processes of their own. */
  readonly processes: readonly Running[];
  /** Notes another process that works on these data: if we are killed, the next start waits for its end. */
  note(running: Running): void;
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
    return { ...(await startAll(options, folder, parts)), note, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts one after another, noting each in `parts` as soon as it is there. */
async function startAll(
  options: StackOptions,
  folder: Folder,
  parts: Part[],
): Promise<Omit<Stack, 'note' | 'stop'>> {
  const { dir, quiet = false, env = process.env } = options;
  const making = { dir, quiet, env, ports: { ...(await readPorts(dir)), ...options.ports } };
  const noted = <T extends Part>(part: T): T => {
    parts.push(part);
    if (part.running) folder.note(part.running.pid);
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
    processes: parts.flatMap(({ running }) => running ?? []),
  };
}
