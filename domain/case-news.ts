import type { Severity, Via } from './case-words.ts';

/** What the team is told of a case by mail: that it is there, or waits; never what the customer wrote. */
export type CaseNews = {
  readonly what: 'opened' | 'reopened' | 'reminder' | 'escalated' | 'unresolved';
  readonly caseId: string;
  readonly customerId: string;
  readonly via: Via;
  readonly severity: Severity;
  /** Epoch milliseconds, as the next. */
  readonly openedAt: number;
  /** Until when it is to have its first answer. */
  readonly answerBy: number;
};
