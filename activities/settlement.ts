import type { sends } from '../data/sends.ts';
import type { Detail } from '../data/settle.ts';
import { FIRST_WAIT_MS, retryAfterDelay } from '../domain/delays.ts';
import type { SendOutcome } from '../domain/send.ts';
import { classify } from '../mail/bounce.ts';
import type { HandOver } from '../mail/hand-over.ts';
import type { ComposedMail } from './compose.ts';
import type { Attempt } from './send-touch.ts';

/** The ledger, as an attempt uses it. */
export type Sends = Pick<typeof sends, 'claim' | 'transmitting' | 'settle'>;

type Carried = Exclude<HandOver, { kind: 'refused' }>;
type Settlement = { readonly outcome: SendOutcome; readonly detail: Detail };

/** What a hand-over means for the touch: settled, or to be tried again from the agenda. */
export function settlementOf(handedOver: Carried, attempt: Attempt, composed: ComposedMail): Settlement {
  const mail = composed.pinned;
  const { reply } = handedOver;
  switch (handedOver.kind) {
    case 'accepted':
      return { outcome: { kind: 'accepted' }, detail: { reply } };
    case 'rejected':
      return rejected(handedOver, composed);
    case 'delayed':
      return { outcome: delayed(handedOver, attempt), detail: { reply, ...keyOf(composed) } };
    case 'unknown':
      if (attempt.touch.kind === 'marketing') return { outcome: { kind: 'unknown' }, detail: { reply } };
      return { outcome: { kind: 'delayed', until: attempt.at + FIRST_WAIT_MS }, detail: { reply, mail } };
  }
}

/** Refused for good; what that means for the address is settled with it. */
function rejected(handedOver: Carried, composed: ComposedMail): Settlement {
  const detail = { reply: handedOver.reply, ...keyOf(composed) };
  return { outcome: { kind: 'rejected', ...refusalOf(handedOver) }, detail };
}

function keyOf({ addressKey }: ComposedMail): Pick<Detail, 'addressKey'> {
  return addressKey === undefined ? {} : { addressKey };
}

/** Put off by the server: with back-off, until it is given up as a soft bounce. */
function delayed(handedOver: Carried, { claim, at }: Attempt): SendOutcome {
  const { class: _class, ...told } = refusalOf(handedOver);
  const until = retryAfterDelay(claim.delays, at);
  return until ? { kind: 'delayed', until, ...told } : { kind: 'rejected', class: 'soft', ...told };
}

function refusalOf(handedOver: Carried) {
  if (!('code' in handedOver)) return { class: 'soft' as const };
  return { code: handedOver.code, ...classify(handedOver.code, handedOver.reply) };
}
