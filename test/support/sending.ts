import { createCompose } from '../../activities/compose.ts';
import { createSendTouch } from '../../activities/send-touch.ts';
import { circuitBreaker } from '../../data/circuit-breaker.ts';
import { customers } from '../../data/customers.ts';
import { events } from '../../data/events.ts';
import { grants } from '../../data/grants.ts';
import { rehearsals } from '../../data/rehearsals.ts';
import { sending } from '../../data/sending.ts';
import { sendingDays } from '../../data/sending-days.ts';
import { sends } from '../../data/sends.ts';
import { templates } from '../../data/templates.ts';
import type { Task } from '../../domain/journey.ts';
import type { Playbook } from '../../domain/playbook.ts';
import { createClickLinks } from '../../mail/click-links.ts';
import type { CompiledTemplate } from '../../mail/compile.ts';
import { createMailLinks } from '../../mail/links.ts';
import { createMailer } from '../../mail/mailer.ts';
import { createRenderer } from '../../mail/render.ts';
import type { Sign } from '../../mail/signer.ts';
import type { WayBackOf } from '../../mail/way-back.ts';
import { createTemplateShelf } from '../../worker/template-shelf.ts';

type Leaving = { readonly timeoutMs?: number; readonly sign?: Sign; readonly wayBackOf?: WayBackOf };

/** A `sendTouch` as the worker has it, on a clock that the test sets. */
export function aSender(
  smtpUrl: string,
  playbook: Playbook,
  { timeoutMs = 5_000, sign, wayBackOf }: Leaving = {},
) {
  const time = { now: Date.UTC(2026, 5, 1, 10) };
  const mailer = createMailer({ smtpUrl, timeoutMs, sign });
  const sendTouch = createSendTouch({
    ...{ customers, sends, mailer, sending, sendingDays, rehearsals, grants },
    playbook: async () => playbook,
    compose: createCompose({
      clicksOf: createClickLinks('https://rapport.example', 'secret'),
      events,
      templateFor: createTemplateShelf('templates', (compiled) => templates.save(compiled)).find,
      templateById: (id) => templates.find<CompiledTemplate>(id),
      renderer: createRenderer(),
      ...(wayBackOf && { wayBackOf }),
      linksOf: createMailLinks('https://rapport.example', 'secret'),
    }),
    clock: () => ({ now: () => time.now, serverTime: () => time.now }),
    lapse: false,
    breaker: circuitBreaker,
  });
  return { time, sendTouch, mailer, close: () => mailer.close() };
}

/** The task of a touch for a customer, due at a moment. */
export function aTaskFor(customerId: string, touch: string, due: number): Task {
  return {
    ...{ customerId, touch, due, occasion: '1', phase: 'getting-acquainted', playbook: 1, timeoutMs: 60_000 },
    because: { type: 'entering', id: 'shop/o-1', at: due },
  };
}
