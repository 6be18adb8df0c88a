import { domainToASCII } from 'node:url';
import { encodeText, fold, oneLine, phrase } from './header-text.ts';
import { remembered } from './remembered.ts';

export type Mailbox = { readonly name?: string; readonly address: string };

/** What differs per mail; the skeleton has the rest. */
export type MailHeaders = {
  readonly from: Mailbox;
  readonly to: Mailbox;
  /** Where answers go. */
  readonly replyTo: string;
  /** With its angle brackets. */
  readonly messageId: string;
  /** Epoch milliseconds. */
  readonly date: number;
  /** Between the parts; has to hold `=_`, which no encoded body can. */
  readonly boundary: string;
  /** Before the subject: of a copy that is to be told from the mail. */
  readonly prefix?: string;
  /** Of marketing mail; without it a mail is one that a machine made by itself (RFC 3834). */
  readonly list?: MailingList;
  /** By which what others tell of a mail finds back to it: names and values of ASCII without blanks. */
  readonly trace?: Readonly<Record<string, string>>;
};

/** What mailbox providers sort, count and offer to leave marketing mail by. */
export type MailingList = {
  /** RFC 2919, without its angle brackets: `news.shop.example`. */
  readonly id: string;
  readonly name: string;
  /** Where a POST takes the customer off it (RFC 8058): https, or http on this machine, which is then a page only. */
  readonly unsubscribe: string;
  /** An address at which any mail does so, where one listens. */
  readonly unsubscribeMail?: string;
  /** Up to three fields and the sender, by colons; nothing of the person (Gmail's Feedback-ID). */
  readonly feedbackId: string;
};

/** The header block of a mail, in order, each line with its CRLF, folded at 76 characters. */
export function headerBlock(subject: string, headers: MailHeaders, locale: string): string {
  if (!/^[\w=+.-]*=_[\w=+.-]*$/.test(headers.boundary)) throw new Error('a boundary has to hold "=_"');
  const lines = [
    mailboxLine('From', headers.from),
    fold('To', mailbox(headers.to)),
    mailboxLine('Reply-To', { address: headers.replyTo }),
    fold('Subject', encodeText(`${headers.prefix ?? ''}${subject}`, 'Subject: '.length)),
    lineOfDate(headers.date),
    fold('Message-ID', [bracketed(headers.messageId)]),
    ...(headers.list ? listLines(headers.list) : [fold('Auto-Submitted', ['auto-generated'])]),
    ...Object.entries(headers.trace ?? {}).map(([name, value]) => fold(name, [traced(value)])),
    'MIME-Version: 1.0\r\n',
    `Content-Language: ${locale}\r\n`,
    fold('Content-Type', ['multipart/alternative;', `boundary="${headers.boundary}"`]),
  ];
  return lines.join('');
}

/** One URL each: providers read the first https and the first mailto, and a POST is promised for https alone. */
function listLines({ id, name, unsubscribe, unsubscribeMail, feedbackId }: MailingList): readonly string[] {
  const urls = [unsubscribe, ...(unsubscribeMail ? [`mailto:${addrSpec(unsubscribeMail)}`] : [])].map(uri);
  return [
    lineOfList(`${token(id)}\n${oneLine(name)}`),
    fold(
      'List-Unsubscribe',
      urls.map((url, nth) => `<${url}>${nth < urls.length - 1 ? ',' : ''}`),
    ),
    ...(unsubscribe.startsWith('https:') ? ['List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n'] : []),
    fold('Feedback-ID', [token(feedbackId)]),
  ];
}

const lineOfDate = remembered((at: number) => {
  return fold('Date', [new Date(at).toUTCString().replace('GMT', '+0000')]);
});

const lineOfMailbox = remembered((key: string) => {
  const [header = '', address = '', name = ''] = key.split('\n');
  return fold(header, mailbox({ name, address }));
});

const lineOfList = remembered((key: string) => {
  const [id = '', name = ''] = key.split('\n');
  return fold('List-Id', [...phrase(name), `<${token(id)}>`]);
});

/** A line of an address of ours: the same in one mail after the other. */
function mailboxLine(header: string, { address, name = '' }: Mailbox): string {
  return lineOfMailbox(`${header}\n${addrSpec(address)}\n${oneLine(name)}`);
}

/** A display name and its address, as words to fold at. */
function mailbox({ name, address }: Mailbox): readonly string[] {
  const clean = oneLine(name ?? '');
  const found = addrSpec(address);
  return clean ? [...phrase(clean), `<${found}>`] : [found];
}

/** An address as it may stand in a header, its domain in ASCII; anything else is a mistake further up. */
function addrSpec(address: string): string {
  const [, local] =
    /^([^\s\p{Cc}\P{ASCII}<>()[\]\\,;:"@]+)@[^\s\p{Cc}<>()[\]\\,;:"@/?#%]+$/u.exec(address) ?? [];
  const domain = domainOf(address);
  if (!local || !domain) throw new Error('not an address fit for a header');
  return `${local}@${domain}`;
}

/** What stands behind the last `@` of an address, in ASCII; empty: it cannot be a domain. */
export function domainOf(address: string): string {
  return inAscii(address.slice(address.lastIndexOf('@') + 1));
}

const inAscii = remembered(domainToASCII);

function bracketed(messageId: string): string {
  if (!/^<[\x21-\x3b\x3d\x3f-\x7e]+>$/.test(messageId)) throw new Error('not a message id');
  return messageId;
}

function traced(text: string): string {
  if (!/^[\w.+-]{1,80}$/.test(text)) throw new Error('not a trace of a mail');
  return text;
}

function token(text: string): string {
  if (!/^[\w.:-]+$/.test(text)) throw new Error('not a name of a list');
  return text;
}

const LEAVING =
  /^(https:\/\/|mailto:|http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/])[\x21-\x2b\x2d-\x3b\x3d\x3f-\x7e]+$/;

function uri(url: string): string {
  if (!LEAVING.test(url)) throw new Error('not a URL by which to leave');
  return url;
}
