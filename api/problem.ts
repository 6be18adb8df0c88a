import { STATUS_CODES } from 'node:http';

/** One thing wrong with what was sent, and where: `pointer` is a JSON pointer into the body (RFC 6901). */
export type FieldError = { readonly pointer: string; readonly message: string; readonly hint?: string };

/** The body of every refusal, `application/problem+json` (RFC 9457). */
export type ProblemBody = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
};

/** Thrown when a request is refused; `statusCode` and `headers` are what Fastify answers with. */
export class Problem extends Error {
  readonly statusCode: number;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail one line that says what to do */
  constructor(
    statusCode: number,
    detail: string,
    more: { errors?: readonly FieldError[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.name = 'Problem';
    this.statusCode = statusCode;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }

  get body(): ProblemBody {
    return {
      type: 'about:blank',
      title: STATUS_CODES[this.statusCode] ?? 'Error',
      status: this.statusCode,
      detail: this.message,
      ...(this.errors && { errors: this.errors }),
    };
  }
}

/** A 422 with all that is wrong; its detail is the first of it, as most mistakes come alone. */
export function unprocessable(errors: readonly FieldError[]): Problem {
  const [first] = errors;
  if (!first) return new Problem(422, 'the body is not valid');
  const hint = first.hint ? `; ${first.hint}` : '';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Problem(422, `${first.pointer || 'the body'}: ${first.message}${hint}${more}`, { errors });
}
