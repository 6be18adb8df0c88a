import { describe, expect, it } from '@jest/globals';
import { ownWords, readReply } from '../../mail/reply.ts';

const OURS = ['> Dear An,', '>', '> How is it?'];

describe('ownWords', () => {
  it.each([
    ['a word alone', ['It broke.'], 'It broke.'],
    [
      'above what Gmail quotes',
      ['It broke.', '', 'On Mon, 1 Jun 2026 at 12:00, Shop <r+x@b.example> wrote:', ...OURS],
      'It broke.',
    ],
    [
      'above an introduction of two lines',
      [
        'It broke.',
        '',
        'Op ma 1 jun 2026 om 12:00 schreef Koffiehuis Zuiderzon',
        '<r+x@b.example>:',
        ...OURS,
      ],
      'It broke.',
    ],
    [
      'in Dutch as Apple writes it',
      ['Stuk.', '', 'Op 1 jun 2026 heeft Shop <a@b.example> het volgende geschreven:', '', ...OURS],
      'Stuk.',
    ],
    ['below the quote', ['On Mon, 1 Jun 2026, Shop wrote:', ...OURS, '', 'It broke.'], 'It broke.'],
    ['between the lines', ['> How is it?', 'Broken.', '> And the box?', 'Wet.'], 'Broken.\nWet.'],
    [
      'above what nothing marks',
      ['It broke.', '', 'On Mon, 1 Jun 2026, Shop wrote:', '', 'Dear An,', 'How is it?'],
      'It broke.',
    ],
    [
      'above what Outlook copies',
      ['It broke.', '', 'Van: Shop <a@b.example>', 'Verzonden: maandag', 'Aan: An', '', 'Dear An'],
      'It broke.',
    ],
    [
      'above an original message',
      ['It broke.', '', '-----Oorspronkelijk bericht-----', 'Dear An'],
      'It broke.',
    ],
    ['without a signature', ['It broke.', '', '-- ', 'An de Vries', '06 123'], 'It broke.'],
    [
      'that tell a story',
      ['On Monday I wrote you this:', 'it broke.'],
      'On Monday I wrote you this:\nit broke.',
    ],
    ['that speak of days', ['On Monday it broke.', 'From: me'], 'On Monday it broke.\nFrom: me'],
  ])('are %s', (_, lines, own) => {
    expect(ownWords(lines.join('\n'))).toBe(own);
  });
});

const HEAD = 'From: an@example.com\r\nSubject: Re: How is it?\r\n';
const read = (rest: string) => readReply(Buffer.from(`${HEAD}${rest}`));

describe('readReply', () => {
  it('names what came along, and keeps none of it', async () => {
    const rest = [
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nIt broke.\r\n--b',
      'Content-Type: image/jpeg; name="photo.jpg"\r\nContent-Disposition: attachment; filename="photo.jpg"',
      'Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n',
    ].join('\r\n');

    expect(await read(rest)).toEqual({ text: 'It broke.', attachments: ['photo.jpg'] });
  });

  it.each([
    ['html alone', 'Content-Type: text/html\r\n\r\n<p>It broke.</p><script>x</script>', 'It broke.'],
    ['a subject alone', '\r\n', 'Re: How is it?'],
    ['a quote alone', '\r\n> It broke.\r\n', '> It broke.'],
    [
      'another alphabet',
      'Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGeb=F6rsten',
      'Gebörsten',
    ],
  ])('reads %s', async (_, rest, text) => {
    expect((await read(rest)).text).toBe(text);
  });

  it('keeps the beginning of a very long one, in no time', async () => {
    const { text } = await read(`\r\n${'On and on wrote \r\n'.repeat(40_000)}`);

    expect(text.length).toBeLessThanOrEqual(9_500);
  });

  it.each(['', 'nonsense', '\0\0\0', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhalf'])(
    'never throws',
    async (raw) => {
      await expect(readReply(Buffer.from(raw))).resolves.toBeDefined();
    },
  );
});
