import ora from 'ora';

/** Thrown when a step on the way up cannot be done; its one line says what failed and what to do. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** Replaces a step's progress line: what it is doing now. */
export type Tell = (text: string) => void;

/**
 * Does one step behind a progress line on stderr.
 *
 * @param quiet no line at all, for tests
 */
export async function step<T>(text: string, work: (tell: Tell) => Promise<T>, quiet = false): Promise<T> {
  const line = ora({ text, isSilent: quiet, discardStdin: false }).start();
  try {
    const result = await work((now) => {
      line.text = now;
    });
    line.succeed(text);
    return result;
  } catch (error) {
    line.fail(text);
    throw error;
  }
}

/** The first line of what went wrong, for a one-line message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${cause}`.split('\n', 1)[0] ?? '';
}
