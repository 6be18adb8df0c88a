import { createServer, type Server } from 'node:http';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { Inbox } from './inbox.ts';
import { answerInbox } from './inbox-page.ts';
import { freePort } from './ports.ts';

export type MailCatcher = {
  readonly smtpUrl: string;
  /** The pages; `/messages.json` counts for programs. */
  readonly url: string;
  readonly ports: { readonly smtp: number; readonly inbox: number };
  readonly inbox: Inbox;
  stop(): Promise<void>;
};

/** Starts an SMTP server that keeps every mail and sends none on, and its inbox; on this machine only. */
export async function startMailCatcher(
  ports: { readonly smtp?: number; readonly inbox?: number } = {},
): Promise<MailCatcher> {
  const inbox = new Inbox();
  const smtp = smtpInto(inbox);
  const pages = createServer((request, response) => {
    answerInbox(inbox, request, response).catch((error) => response.destroy(error));
  });
  const [smtpPort, pagePort] = [await freePort(ports.smtp), await freePort(ports.inbox)];
  await Promise.all([listening(smtp, smtpPort), listening(pages, pagePort)]);
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

function smtpInto(inbox: Inbox): SMTPServer {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    maxAllowedUnauthenticatedCommands: false, // one connection brings many mails
    closeTimeout: 500,
    async onData(stream, { envelope }, callback) {
      try {
        const source = await bytesOf(stream);
        for (const { address } of envelope.rcptTo) inbox.add(source, address, new Date());
        callback(null, 'kept');
      } catch (error) {
        callback(error instanceof Error ? error : new Error(String(error)));
      }
    },
  });
  server.on('error', () => undefined); // a client was killed: its mail did not arrive
  return server;
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
