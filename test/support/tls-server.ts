import { SMTPServer } from 'smtp-server';

/** A real mail server on loopback that wants STARTTLS, by a certificate that it signed itself, and a password. */
export class TlsServer {
  readonly #server = new SMTPServer({
    onAuth: ({ username, password }, _session, callback) => {
      if (username === 'shop' && password === 'right') callback(null, { user: username });
      else callback(new Error('no such name or password'));
    },
  });

  async listen(): Promise<this> {
    this.#server.on('error', () => {}); // of clients that do not trust it
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return this;
  }

  /** @param password of the shop; `trusting`: whatever its certificate */
  url(password = 'right', trusting = true): string {
    const address = this.#server.server.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    return `smtp://shop:${password}@127.0.0.1:${port}${trusting ? '?tls.rejectUnauthorized=false' : ''}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}
