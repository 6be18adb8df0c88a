import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection, {
  type SMTPConnectionAuth,
  type SMTPConnectionOptions,
} from 'nodemailer/lib/smtp-connection';

/** How the mail server is reached; parsed once from `SMTP_URL`. */
export type SmtpTarget = { readonly options: SMTPConnectionOptions; readonly auth?: SMTPConnectionAuth };

/** Why no connection could be opened. */
export type Unreachable = { readonly kind: 'delayed'; readonly reply: string };

/**
 * Reads `smtp://user:password@host:port` or `smtps://…`, with nodemailer's options as query parameters.
 *
 * @param timeoutMs of silence, after which a connection is given up
 */
export function smtpTarget(smtpUrl: string, timeoutMs: number): SmtpTarget {
  const { auth, ...named } = parseConnectionUrl(smtpUrl);
  const options = {
    connectionTimeout: Math.min(timeoutMs, 60_000),
    greetingTimeout: Math.min(timeoutMs, 60_000),
    socketTimeout: timeoutMs,
    ...named,
  };
  return auth ? { options, auth } : { options };
}

/**
 * Opens a connection, greeted and signed in. It never throws: an error on it that nobody awaits any more only
 * ends it.
 */
export function openLine(target: SmtpTarget, signal: AbortSignal): Promise<SMTPConnection | Unreachable> {
  const connection = new SMTPConnection(target.options);
  const leaveOpen = closeOn(signal, connection);
  const opened = new Promise<SMTPConnection | Unreachable>((resolve) => {
    const fail = (error: Error) => {
      resolve({ kind: 'delayed', reply: error.message });
      connection.close();
    };
    const ready = () => resolve(connection);
    connection.on('error', fail);
    connection.once('end', () => resolve({ kind: 'delayed', reply: 'connection ended' }));
    connection.connect((error) => {
      if (error) return fail(error);
      if (!target.auth) return ready();
      connection.login(target.auth, (refused) => (refused ? fail(refused) : ready()));
    });
  });
  return opened.finally(leaveOpen);
}

/** Closes a connection when `signal` aborts; answers how to leave it open after all. */
export function closeOn(signal: AbortSignal, connection: SMTPConnection): () => void {
  const close = () => connection.close();
  signal.addEventListener('abort', close, { once: true });
  return () => signal.removeEventListener('abort', close);
}
