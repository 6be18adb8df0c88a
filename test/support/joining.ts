import type { FastifyInstance } from 'fastify';
import { buildServer } from '../../api/server.ts';
import { confirmationBounces } from '../../data/confirmation-bounces.ts';
import { joinRequests } from '../../data/join-requests.ts';
import { createReceive } from '../../data/receive.ts';
import { createReports } from '../../data/reports.ts';
import { sending } from '../../data/sending.ts';
import { suppressions } from '../../data/suppressions.ts';
import { templates } from '../../data/templates.ts';
import { keyedHash } from '../../domain/hash.ts';
import { normaliseEmail } from '../../domain/identity.ts';
import { createMailer } from '../../mail/mailer.ts';
import { createRenderer } from '../../mail/render.ts';
import { createConfirmationWayBack } from '../../mail/way-back.ts';
import { freePort } from '../../servers/ports.ts';
import { sendConfirmations } from '../../worker/confirmations.ts';
import { createTemplateShelf } from '../../worker/template-shelf.ts';
import { aWorld, fakes } from './api.ts';
import { eventually } from './eventually.ts';
import { aJoinablePlaybook } from './join.ts';
import { aDatabase } from './shop.ts';
import { FaultyServer } from './smtp.ts';

const HASH_KEY = 'key';
const SECRET = 'a secret of the tests';
const TIMEOUT_MS = 10_000;

/** All that joining needs, on a real database and real SMTP: the pages, and the worker that sends the mails. */
export class Joining {
  readonly url: string;
  readonly app: FastifyInstance;
  /** How far its clock is ahead of ours, milliseconds. */
  ahead = 0;
  readonly #server = new FaultyServer();
  readonly #stop = new AbortController();
  #ended: Promise<unknown> = Promise.resolve();

  private constructor(url: string, app: FastifyInstance) {
    this.url = url;
    this.app = app;
  }

  static async start(): Promise<Joining> {
    await aDatabase();
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    let joining: Joining | undefined;
    const now = () => Date.now() + (joining?.ahead ?? 0);
    joining = new Joining(publicUrl, await anApp(publicUrl, now));
    await joining.#server.listen();
    await joining.app.listen({ host: '127.0.0.1', port });
    joining.#work(now);
    return joining;
  }

  /** The link of the last confirmation mail to an address, once it is there. */
  async linkFor(email: string): Promise<string> {
    const mails = () => this.#server.accepted.filter(({ to }) => to === email);
    await eventually(() => mails().length > 0);
    const raw = (mails().at(-1)?.raw ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=');
    return /http:[^"<>\s]*\/join\/confirm\?c=[\w.-]+/.exec(raw)?.[0] ?? '';
  }

  mailsTo(email: string): number {
    return this.#server.accepted.filter(({ to }) => to === email).length;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    await Promise.all([this.app.close(), this.#server.close()]);
  }

  #work(now: () => number): void {
    const mailer = createMailer({ smtpUrl: this.#server.url, timeoutMs: TIMEOUT_MS });
    const { find: templateFor } = createTemplateShelf('templates', (compiled) => templates.save(compiled));
    const working = sendConfirmations(
      {
        ...{ joinRequests, suppressions, sending, mailer, templateFor, renderer: createRenderer(), now },
        ...{ publicUrl: this.url, secret: SECRET, timeoutMs: TIMEOUT_MS, log: { warn: () => {} } },
        playbook: async () => aJoinablePlaybook(),
        reports: createReports({
          ...{
            hashKey: HASH_KEY,
            clock: { now, serverTime: now },
            playbook: async () => aJoinablePlaybook(),
          },
        }),
        wayBackOf: createConfirmationWayBack({ secret: SECRET }),
      },
      this.#stop.signal,
    );
    this.#ended = working.then(() => mailer.close());
  }
}

function anApp(publicUrl: string, now: () => number): Promise<FastifyInstance> {
  const clock = { now, serverTime: now };
  const playbook = async () => aJoinablePlaybook();
  const settings = { secrets: [SECRET], publicUrl, requestsPerTenSeconds: 10_000 };
  return buildServer({
    ...fakes(aWorld()),
    ...{ clock, settings, joinRequests, confirmationBounces, suppressions, playbooks: { current: playbook } },
    receiver: createReceive({ hashKey: HASH_KEY, clock, playbook }),
    addressKey: (email) => keyedHash(HASH_KEY, normaliseEmail(email)),
  });
}
