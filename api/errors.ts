import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

const DETAILS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'the body is larger than 1 MiB; send fewer events at once',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'send the body as application/json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'the body is not as long as its Content-Length says',
  FST_ERR_BAD_URL: 'the path is not a valid URL in UTF-8',
  FST_ERR_MAX_PARAM_LENGTH: 'the id in the path is too long',
};

/** How the driver calls it when MongoDB cannot be reached: everything else of its is a fault of ours. */
const MONGODB_AWAY =
  /^Mongo(ose)?(Network|NetworkTimeout|ServerSelection|NotConnected|PoolCleared|TopologyClosed|WriteConcern)Error$/;

const AGAIN_LABELS: readonly unknown[] = ['RetryableWriteError', 'TransientTransactionError'];

/** Makes every refusal problem+json. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = problemOf(error);
    if (problem.statusCode === 500) logFault(error, request);
    return sendProblem(reply, problem);
  });
}

/** What is said where nothing is. */
export function nothingHere(): Problem {
  return new Problem(404, 'there is nothing here');
}

/** Answers one refusal. */
export function sendProblem(reply: FastifyReply, problem: Problem) {
  return reply
    .code(problem.statusCode)
    .headers(problem.headers)
    .type('application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem.body);
}

/** What an error becomes for the caller; of an unexpected one nothing is told, as it may quote an address. */
export function problemOf(error: FastifyError): Problem {
  if (error instanceof Problem) return error;
  if (isMongodbAway(error)) {
    const headers = { 'retry-after': '5' };
    return new Problem(
      503,
      'MongoDB is out of reach; send it again later, what was kept is then a duplicate',
      { headers },
    );
  }
  if (error.name === 'NoPlaybook')
    return new Problem(503, error.message, { headers: { 'retry-after': '5' } });
  if (error.name === 'CustomerUnknown') return new Problem(404, 'there is no such customer, or not any more');
  const known = DETAILS[error.code];
  const status = error.statusCode ?? 500;
  if (known) return new Problem(status, known);
  if (status < 500) return new Problem(status, 'the request is not valid');
  return new Problem(500, 'something is wrong on our side; it is in the log');
}

/** Out of reach, or between two primaries: the driver's labels say that trying again may help. */
function isMongodbAway(error: Error): boolean {
  if (MONGODB_AWAY.test(error.name)) return true;
  const labels: unknown = 'errorLabels' in error ? error.errorLabels : [];
  return Array.isArray(labels) && labels.some((label) => AGAIN_LABELS.includes(label));
}

/** The type and the place of a fault; its message may quote what a customer is called. */
export function logFault(error: Error, request: FastifyRequest): void {
  const stack = error.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8);
  request.log.error({ type: error.name, route: request.routeOptions.url, stack }, 'a request failed');
}
