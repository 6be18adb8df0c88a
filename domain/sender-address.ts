import type { Shop } from './playbook.ts';

/** The address that all mails of a shop are from. */
export function senderAddress({ email, replyTo }: Pick<Shop, 'email' | 'replyTo'>): string {
  return email ?? `hello@${replyTo.slice(replyTo.lastIndexOf('@') + 1)}`;
}
