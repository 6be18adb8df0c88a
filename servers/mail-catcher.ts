import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { bounce } from './bounces.ts';
import { Inbox } from './inbox.ts';
import { answerInbox } from './inbox-page.ts';
import { onFreePort } from './ports.ts';

export type MailCatcher = {
  readonly smtpUrl: string;
  /** The pages; `/messages.json` counts for programs. */
  readonly url: string;
  readonly ports: { readonly smtp: number; readonly inbox: number };
  readonly inbox: Inbox;
  stop(): Promise<void>;
};

export type CatcherOptions = {
  /**
   * How long it is busy with each mail after its last byte, milliseconds: half before it has taken it over, half before
   * it says so; real servers take some tenths of a second. @default 0
   */
  readonly takesMs?: number;
  /** The port on this machine to which bounces go (`servers/bounces.ts`); absent: nothing bounces. */
  readonly bouncesTo?: number;
};

/** Starts an SMTP server that keeps every mail and sends none on, and its inbox; on this machine only. */
export async function startMailCatcher(
  ports: { readonly smtp?: number; readonly inbox?: number } = {},
  options: CatcherOptions = {},
): Promise<MailCatcher> {
  const inbox = new Inbox();
  const smtp = smtpInto(inbox, options);
  const pages = createServer((request, response) => {
    answerInbox(inbox, request, response).catch((error) => response.destroy(error));
  });
  const { port: smtpPort } = await onFreePort(ports.smtp, (port) => listening(smtp, port));
  const { port: pagePort } = await onFreePort(ports.inbox, (port) => listening(pages, port));
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    url: `http://127.0.0.1:${pagePort}`,
    ports: { smtp: smtpPort, inbox: pagePort },
    inbox,
    stop: async () => {
      await Promise.all([closed(smtp), closed(pages)]);
    },
  };
}

function smtpInto(inbox: Inbox, { takesMs = 0, bouncesTo }: CatcherOptions): SMTPServer {
  const gone = new WeakSet<SMTPServerSession>();
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    maxAllowedUnauthenticatedCommands: false, // one connection brings many mails
    closeTimeout: 500,
    onClose: (session) => void gone.add(session),
    onData(stream, session, callback) {
      const kept = takeIn(stream, takesMs, (source) => {
        if (gone.has(session)) return; // hung up before it was ours
        const { mailFrom, rcptTo } = session.envelope;
        for (const { address } of rcptTo) inbox.add(source, address, new Date());
        if (bouncesTo && mailFrom) bounce(mailFrom.address, rcptTo, bouncesTo);
      });
      kept.then(() => callback(null, 'kept'), callback);
    },
  });
  server.on('error', () => undefined); // a client was killed: its mail did not arrive
  return server;
}

/** Reads a mail and keeps it, in the middle of the time that a real server would take. */
async function takeIn(stream: SMTPServerDataStream, takesMs: number, keep: (source: Buffer) => void) {
  const source = await bytesOf(stream);
  if (takesMs > 0) await sleep(takesMs / 2);
  keep(source);
  if (takesMs > 0) await sleep(takesMs / 2);
}

async function bytesOf(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function listening(server: SMTPServer | Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function closed(server: SMTPServer | Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
