import { type Fields, readFields } from './fields.ts';

/** How mailers announce the mail they return below their notice. */
const ANNOUNCED = [
  /^-{2,}\s?Below this line is a copy of the message/i, // qmail
  /^-{2,} (?:This is a copy of (?:the|your) message|The body of the message is)/i, // Exim
  /^\s{0,3}-{2,} ?(?:Original message|Unsent message|Returned message|Message header|Message headers|Header of the|Start of(?! body part)|Beginning of (?:the )?original|Original mail|Original header|Transcript of message|Undelivered message|Failed message|Copy of)/i,
  /^\s{0,3}-{3,} ?(?:ursprüngliche|originalnachricht|ursprungsnachricht|message original|mensaje original|oorspronkelijk)/i,
  /^(?:The original message (?:follows|headers follow)|Original message (?:follows|headers?:)|Original headers follow|Copy of (?:the )?original|Message headers? follow|Headers of the original)/i,
  /^(?:Your (?:original )?message (?:follows|is included below)|Here is (?:a copy of )?(?:your|the) (?:original )?(?:message|header)|The (?:first|following) \d+ (?:lines|bytes) of)/i,
  /^\s{0,8}(?:Below is a copy|A copy of (?:the|your) original|Here is a copy of the first|Possibly truncated original|Included is a copy|The attachment contains the original)/i,
  /^(?:Received: from |Return-Path: ?<)/,
];

/**
 * Parts a notice from the mail that it returns in the same text.
 *
 * @returns the notice, and the header of the mail
 */
export function splitOriginal(text: string): readonly [string, Fields] {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => ANNOUNCED.some((pattern) => pattern.test(line.slice(0, 200))));
  if (at < 0) return [text, new Map()];

  const rest = lines.slice(/^(?:Received|Return-Path):/.test(lines[at] ?? '') ? at : at + 1);
  const start = rest.findIndex((line) => /^\s{0,4}[A-Za-z][\w-]{1,60}: ?\S/.test(line));
  const header = start < 0 || start > 12 ? '' : rest.slice(start).join('\n');
  return [lines.slice(0, at).join('\n'), readFields(header)];
}
