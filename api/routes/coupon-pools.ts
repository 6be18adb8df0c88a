import { parse } from 'csv-parse/sync';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Name } from '../../domain/playbook-terms.ts';
import { strict } from '../../domain/strict.ts';
import { CodesUpload } from '../../domain/surprise-requests.ts';
import { REFUSALS } from '../answers.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { UploadedAnswer } from '../surprise-answer.ts';

const UPLOAD = {
  tags: ['surprises'],
  summary: 'Add codes to a pool',
  description:
    'A list, or a CSV file (`text/csv`) with a code on each line, or under a column `code`. A code is given once, and stands ' +
    'in one pool: those known before are left out, and told. The same again adds nothing.',
  consumes: ['application/json', 'text/csv'],
  params: strict({ name: Name }),
  body: CodesUpload,
  response: { 200: UploadedAnswer, ...REFUSALS },
};

/** Where codes that were made elsewhere are handed in. */
export function couponPoolRoutes({ couponPools }: Pick<ApiDeps, 'couponPools'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.addContentTypeParser('text/csv', { parseAs: 'string' }, async (_request: unknown, body: string) => ({
      codes: codesIn(body),
    }));
    app.post(
      '/v1/coupon-pools/:name',
      { schema: UPLOAD, config: { scope: 'surprises:write' } },
      async ({ params, body }) => {
        const { duplicates, ...counts } = await couponPools.upload(params.name, body.codes);
        return { ...counts, duplicates: [...duplicates] };
      },
    );
  };
}

/**
 * The codes of a file: of its column `code`, or of its first where no column is called so.
 *
 * @throws Problem 422 for what is no CSV
 */
function codesIn(csv: string): readonly string[] {
  const rows = rowsOf(csv);
  const [first = []] = rows;
  const column = first.findIndex((cell) => cell.trim().toLowerCase() === 'code');
  const lines = column === -1 ? rows : rows.slice(1);
  return lines.map((row) => row[Math.max(0, column)]?.trim() ?? '').filter((code) => code !== '');
}

function rowsOf(csv: string): readonly (readonly string[])[] {
  try {
    return parse(csv, {
      ...{ bom: true, delimiter: [',', ';', '\t'], relax_column_count: true, skip_empty_lines: true },
    });
  } catch {
    throw new Problem(422, 'this is no CSV: write one code a line, or a column called code');
  }
}
