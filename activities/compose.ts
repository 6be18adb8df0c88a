import type { PinnedMail } from '../data/send-document.ts';
import { answerLinks } from '../domain/answer-links.ts';
import type { Customer } from '../domain/customer.ts';
import type { StoredEvent } from '../domain/event.ts';
import { grantValues, NO_GRANT } from '../domain/grant-values.ts';
import type { MailLinks } from '../domain/mail-links.ts';
import { membershipValues } from '../domain/membership-values.ts';
import type { Playbook, Touch } from '../domain/playbook.ts';
import { pointValues } from '../domain/point-values.ts';
import { isGiven } from '../domain/reachable.ts';
import { sendKey } from '../domain/send.ts';
import { signedBy } from '../domain/signer.ts';
import { type TemplateValues, valuesOf } from '../domain/values.ts';
import type { createClickLinks } from '../mail/click-links.ts';
import type { CompiledTemplate } from '../mail/compile.ts';
import type { Envelope } from '../mail/hand-over.ts';
import { domainOf, type Mailbox, type MailingList } from '../mail/headers.ts';
import type { LinkedMail } from '../mail/links.ts';
import { mailIdentity } from '../mail/mail-identity.ts';
import type { Renderer } from '../mail/render.ts';
import type { WayBack, WayBackOf } from '../mail/way-back.ts';
import type { Attempt } from './send-touch.ts';

/** A mail ready to leave, and all it takes to send the very same once more. */
export type ComposedMail = {
  readonly envelope: Envelope;
  readonly raw: string;
  readonly pinned: PinnedMail;
  /** The key of the address it goes to, while that is the customer's. */
  readonly addressKey?: string;
};

/** A copy of a mail for somebody else to look at. */
type CopyFor = { readonly to: string /** Before the subject. */; readonly prefix: string };

export type Compose = (attempt: Attempt, customer: Customer, copy?: CopyFor) => Promise<ComposedMail>;

export type ComposeDeps = {
  readonly events: { byId(id: string): Promise<StoredEvent | undefined> };
  /** The compiled template of a touch, in the customer's language, else the shop's, else English. */
  readonly templateFor: (
    touch: string,
    locale: string | undefined,
    playbook: Playbook,
  ) => Promise<CompiledTemplate>;
  /** A template as it was when a mail was pinned. */
  readonly templateById: (id: string) => Promise<CompiledTemplate | undefined>;
  readonly renderer: Renderer;
  /** The customer's own links of a mail; of a copy, links that change nothing. */
  readonly linksOf: (mail: LinkedMail | 'copy') => MailLinks;
  /** Whether it is known where a gift to a customer goes. Default: it is not */
  readonly hasAddress?: (customerId: string) => Promise<boolean>;
  /** How bounces of a mail find back to it; a copy has no way back. Default: to whoever it is from. */
  readonly wayBackOf?: WayBackOf;
  /** Makes the counted links of a mail. Default: links are plain. */
  readonly clicksOf?: ReturnType<typeof createClickLinks>;
};

export function createCompose(deps: ComposeDeps): Compose {
  /** Composes the mail of an attempt; one of unknown fate comes out as it was, to the letter. */
  return async function compose(attempt, customer, copy) {
    const template = await templateOf(attempt, customer, deps);
    const { messageId, boundary, date } = attempt.claim.resend ?? identityOf(attempt, template, copy);
    const { from, id, locale } = template;
    const values = await valuesFor(attempt, customer, deps, { locale, copy });
    const to = copy?.to ?? receiverOf(attempt, customer);
    const receiver = { ...named(attempt, customer), address: to };
    const way = copy ? NO_WAY_BACK : wayBackOf(attempt, customer, deps);
    const headers = {
      ...{ from, to: receiver, replyTo: answersTo(attempt, way), trace: way.headers },
      ...{ messageId, boundary, date: Date.parse(date) },
      ...(copy ? { to: { address: to }, prefix: copy.prefix } : listed(attempt, values, from, way)),
    };
    const counted = countedFor(attempt, customer, deps, copy);
    const { raw, subject } = deps.renderer.renderMail(template, values, headers, counted);

    const pinned = {
      ...{ template: id, locale, subject, from: from.address, to, values, messageId, date, boundary },
      ...pinnedName(receiver),
      ...(counted && { measured: true as const }),
    };
    const envelope = { from: way.bounces ?? from.address, to };
    return { envelope, raw, pinned, ...addressKeyOf(customer, to) };
  };
}

/** The key of the address it goes to, while that is the customer's. */
function addressKeyOf({ known }: Customer, to: string): Pick<ComposedMail, 'addressKey'> {
  const { email, emailKey } = known.profile;
  return to === email && emailKey !== undefined ? { addressKey: emailKey } : {};
}

/** Where an answer to it goes: to our listener, where the playbook wants that and there is one; else to the shop. */
function answersTo({ playbook: { complaints, shop } }: Attempt, { reply }: WayBack): string {
  return (complaints?.replies === 'rapport' && reply) || shop.replyTo;
}

/** What counts the links of a measured touch: only of who agreed to it; what is sent again stays as it was. */
function countedFor(
  { task, touch, claim }: Attempt,
  { id, known }: Customer,
  { clicksOf }: ComposeDeps,
  copy: CopyFor | undefined,
) {
  const agreed = touch.measure === 'clicks' && isGiven(known.consents.clicks);
  const isCounted = !copy && (claim.resend ? claim.resend.measured === true : agreed);
  return isCounted ? clicksOf?.({ customerId: id, key: sendKey(task) }) : undefined;
}

const NO_WAY_BACK: WayBack = { headers: {} };

function wayBackOf({ task }: Attempt, { id }: Customer, deps: ComposeDeps): WayBack {
  return deps.wayBackOf?.(id, sendKey(task)) ?? NO_WAY_BACK;
}

/** To whom it goes: one of unknown fate to where it went, unless a person sends it again, perhaps days later. */
function receiverOf({ claim }: Attempt, { known }: Customer): string {
  const pinned = claim.byHand ? undefined : claim.resend?.to;
  return pinned ?? known.profile.email ?? '';
}

/** The name beside the address: of one of unknown fate as it was. */
function named({ claim }: Attempt, customer: Customer): { readonly name?: string } {
  if (!claim.resend) return nameOf(customer);
  const { toName } = claim.resend;
  return toName === undefined ? {} : { name: toName };
}

function pinnedName({ name }: { readonly name?: string }): { readonly toName?: string } {
  return name === undefined ? {} : { toName: name };
}

async function templateOf({ touch, playbook, claim }: Attempt, customer: Customer, deps: ComposeDeps) {
  const asItWas = claim.resend && (await deps.templateById(claim.resend.template));
  return asItWas ?? deps.templateFor(touch.name, customer.known.profile.locale, playbook);
}

/** The same send is the same mail, however often it is attempted. */
function identityOf({ task, at }: Attempt, { from }: CompiledTemplate, copy?: CopyFor) {
  const key = copy ? `${sendKey(task)} for ${copy.to}` : sendKey(task);
  return { ...mailIdentity(key, domainOf(from.address)), date: new Date(at).toISOString() };
}

/** What the mail says; of one of unknown fate, what it said. */
async function valuesFor(
  { claim, task, touch, playbook, grant, at }: Attempt,
  customer: Customer,
  { events, linksOf, hasAddress }: ComposeDeps,
  { locale, copy }: { readonly locale: string; readonly copy: CopyFor | undefined },
): Promise<TemplateValues> {
  if (claim.resend) return claim.resend.values;
  const shop = signedBy(playbook.shop, touch.from);
  const values = valuesOf(customer, await events.byId(task.because.id), { shop });
  const mail = { customerId: customer.id, key: sendKey(task), topic: touch.topic };
  const points = pointValues(customer.membership, at);
  const given = grant ? grantValues(grant, locale) : NO_GRANT;
  const links = linksOf(copy ? 'copy' : mail);
  const membership = membershipValues(customer, playbook, at);
  const isAsked = grant?.kind === 'gift' && !(await hasAddress?.(customer.id));
  const theirs = { ...links, address: isAsked ? links.address : null };
  const answer = touch.asks ? answerLinks(links.answer) : null;
  return { ...values, points, membership, links: theirs, answer, grant: given };
}

function nameOf({ known }: Customer): { readonly name?: string } {
  const { first, last } = known.profile.name ?? {};
  const name = [first, last].filter(Boolean).join(' ');
  return name ? { name } : {};
}

function listed(
  { touch, playbook }: Attempt,
  { links }: TemplateValues,
  from: Mailbox,
  way: WayBack,
): { readonly list?: MailingList } {
  if (touch.kind !== 'marketing') return {};
  if (!links) throw new Error('a marketing mail tells how to leave');
  const { unsubscribe } = links;
  const leave = { unsubscribe, ...(way.leave !== undefined && { unsubscribeMail: way.leave }) };
  return { list: { ...listOf(touch, playbook, from), ...leave } };
}

/** What makes a marketing mail one of a list: its topic, of which one may leave alone. */
export function listOf(
  { name, topic }: Pick<Touch, 'name' | 'topic'>,
  { shop, version }: Playbook,
  from: Mailbox,
) {
  return {
    id: `${topic}.${domainOf(from.address)}`,
    name: `${shop.name}: ${topic}`,
    feedbackId: `${name}:${topic}:${version}:rapport`,
  };
}
