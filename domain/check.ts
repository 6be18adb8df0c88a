/** The mailbox providers whose rules for who sends many mails are known: 5,000 a day and more to one of them. */
export const PROVIDERS = ['Gmail', 'Yahoo', 'Microsoft'] as const;

export type Provider = (typeof PROVIDERS)[number];

/** What one look found. */
export type Check = {
  /** What was looked at: `SPF of shop.example`. */
  readonly check: string;
  /** `broken`: mail does not get as far as a provider. `unknown`: nobody answered, which tells nothing of the mail. */
  readonly verdict: 'ok' | 'warning' | 'refused' | 'broken' | 'unknown';
  readonly refusedBy: readonly Provider[];
  readonly says: string;
  /** What to do; absent: nothing. */
  readonly mend?: string;
};

type Fault = { readonly says: string; readonly mend: string };

export function ok(check: string, says: string): Check {
  return { check, verdict: 'ok', refusedBy: [], says };
}

export function unknown(check: string, says: string): Check {
  return { check, verdict: 'unknown', refusedBy: [], says };
}

export function warning(check: string, fault: Fault): Check {
  return { check, verdict: 'warning', refusedBy: [], ...fault };
}

export function broken(check: string, fault: Fault): Check {
  return { check, verdict: 'broken', refusedBy: [], ...fault };
}

/** @param by who refuses it, or puts it with the spam */
export function refused(check: string, by: readonly Provider[], fault: Fault): Check {
  return { check, verdict: 'refused', refusedBy: by, ...fault };
}

/** Whether mail leaves, and nobody would refuse it. */
export function isFine(checks: readonly Check[]): boolean {
  return checks.every(({ verdict }) => verdict !== 'refused' && verdict !== 'broken');
}
