import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Report, readReports } from '../../mail/bounce-reports.ts';
import { sample, samples } from '../support/bounces.ts';

const all = samples().map(({ name, expected }) => ({ raw: sample(name), isHard: /\bhard\b/.test(expected) }));
const notHard = all.filter(({ isHard }) => !isHard).map(({ raw }) => raw);
/** Those whose line ends are not what they are about. */
const plain = all.filter(({ raw }) => !/^From |\0|\r(?!\n)/.test(raw.toString('latin1')));
const runs = { numRuns: 100 };

const hardOnes = (reports: readonly Report[]) => reports.filter((report) => report.class === 'hard');

describe('readReports, whatever happens to a mail on its way', () => {
  it('never makes a hard bounce of another by cutting it', async () => {
    const cut = fc.tuple(fc.constantFrom(...notHard), fc.double({ min: 0, max: 1, noNaN: true }));

    await fc.assert(
      fc.asyncProperty(cut, async ([raw, share]) => {
        const part = raw.subarray(0, Math.floor(raw.length * share));
        expect(hardOnes(await readReports(part))).toEqual([]);
      }),
      runs,
    );
  });

  it('reads the same with other line ends, and other orders of the header', async () => {
    const way = fc.tuple(fc.constantFrom(...plain), fc.constantFrom('\n', '\r\n'), fc.nat(20));

    await fc.assert(
      fc.asyncProperty(way, async ([{ raw }, lineEnd, by]) => {
        const changed = Buffer.from(turned(raw.toString('latin1').replaceAll('\r\n', '\n'), by), 'latin1');
        const mail = Buffer.from(changed.toString('latin1').replaceAll('\n', lineEnd), 'latin1');
        expect(await readReports(mail)).toEqual(await readReports(raw));
      }),
      runs,
    );
  });

  it('never throws, whatever bytes are put in', async () => {
    const broken = fc.tuple(fc.constantFrom(...all), fc.uint8Array({ maxLength: 200 }), fc.nat());

    await fc.assert(
      fc.asyncProperty(broken, async ([{ raw }, bytes, at]) => {
        const place = at % (raw.length + 1);
        const mail = Buffer.concat([raw.subarray(0, place), bytes, raw.subarray(place)]);
        expect(Array.isArray(await readReports(mail))).toBe(true);
      }),
      runs,
    );
  });

  it.each(['\n', '\t\n', 'a@', '<an@example.net>', ' In:  RCPT TO:<a@b.example>\n', 'user unknown ', '550 '])(
    'comes to an end with a million bytes of %j',
    async (piece) => {
      const head = 'Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.org\nSubject: failure notice\n';
      const text = piece.repeat(1_000_000 / piece.length);

      for (const mail of [`${head}\n${text}`, `${head}X: ${text}`]) {
        expect(Array.isArray(await readReports(Buffer.from(mail)))).toBe(true);
      }
    },
  );
});

/** The header's fields in another order: the first ones behind the others. */
function turned(text: string, by: number): string {
  const end = text.indexOf('\n\n');
  if (end < 0) return text;
  const fields = text.slice(0, end).split(/\n(?![ \t])/);
  const at = by % fields.length;
  return [...fields.slice(at), ...fields.slice(0, at)].join('\n') + text.slice(end);
}
