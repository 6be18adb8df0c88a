import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/** The source lines of an error without its message, which may quote an address. */
function framesOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .join('\n');
}

/**
 * Keeps personal data out of Temporal's history: whatever an activity throws, its message and stack are replaced by
 * its type (a mail server's 550 quotes the address, a MongoDB error the document). The log gets the source lines.
 */
export const discretion: ActivityInterceptorsFactory = ({ log, info }) => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        if (error instanceof CancelledFailure) throw error;
        const failure = discreet(error);
        log.warn('activity failed', {
          activity: info.activityType,
          type: failure.type,
          frames: framesOf(error),
        });
        throw failure;
      }
    },
  },
});

function discreet(error: unknown): ApplicationFailure {
  const known = error instanceof ApplicationFailure ? error : undefined;
  const type = known?.type ?? (error instanceof Error ? error.name : typeof error);
  const failure = ApplicationFailure.create({
    type,
    message: type,
    nonRetryable: known?.nonRetryable ?? false,
    ...(known?.nextRetryDelay ? { nextRetryDelay: known.nextRetryDelay } : {}),
  });
  failure.stack = type;
  return failure;
}
