import { readFile } from 'node:fs/promises';
import pino, { type Logger } from 'pino';
import { readListenerConfig } from '../config.ts';
import { circuitBreaker } from '../data/circuit-breaker.ts';
import { connect, disconnect } from '../data/connect.ts';
import { createCurrentPlaybook } from '../data/current-playbook.ts';
import { customers } from '../data/customers.ts';
import { playbooks } from '../data/playbooks.ts';
import { createReceive } from '../data/receive.ts';
import { createReports } from '../data/reports.ts';
import { sends } from '../data/sends.ts';
import { toLogical } from '../domain/clock.ts';
import { readReturnPath, tokenIn } from '../domain/return-path.ts';
import { readFinalReports } from '../mail/bounce-reports.ts';
import { readReply } from '../mail/reply.ts';
import { type ListenerOptions, listen } from './listener.ts';
import { createTakeMail } from './take-mail.ts';
import { createTakeReply } from './take-reply.ts';

/** Where mail comes back to. It talks to MongoDB alone. */
async function main(log: Logger): Promise<void> {
  const config = readListenerConfig(process.env);
  const { returnPath, listen: at } = config;
  await connect(config.mongodbUri);
  const listener = await listen(await optionsFor(config, log), at.host, at.port);

  const stop = async () => {
    await listener.stop();
    await disconnect();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  log.info({ host: at.host, port: listener.port, returnPath }, 'listener ready');
}

type Settings = ReturnType<typeof readListenerConfig>;

async function optionsFor(config: Settings, log: Logger): Promise<ListenerOptions> {
  const { secrets, listenTls, hashKey, timeLapse, returnPath } = config;
  const clock = { now: () => toLogical(timeLapse, Date.now()), serverTime: () => Date.now() };
  const receiving = { hashKey, clock, speed: timeLapse.speed, playbook: createCurrentPlaybook() };
  const receiver = createReceive(receiving);
  const take = createTakeMail({
    reports: createReports(receiving),
    takeReply: createTakeReply({ customers, sends, receiver, readReply, now: clock.now }),
    ...{ readReports: readFinalReports, hashKey, log },
    ...{ playbook: playbooks.version, breaker: circuitBreaker },
    named: (text) => tokenIn(secrets, text),
  });
  const pem = (file: string) => readFile(file, 'utf8');
  return {
    ...{ name: returnPath, take, log },
    read: (address) => readReturnPath(returnPath, secrets, address),
    ...(listenTls && { tls: { cert: await pem(listenTls.cert), key: await pem(listenTls.key) } }),
  };
}

main(pino({ name: 'listener' })).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
