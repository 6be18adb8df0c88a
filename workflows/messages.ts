import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { Delivery, Journey } from '../domain/journey.ts';
import type { Phase } from '../domain/phases.ts';

/** The workflow type of each phase, as Temporal's own page shows and counts it. */
export const WORKFLOW_OF: Readonly<Record<Phase, string>> = {
  'first-contact': 'firstContact',
  'getting-acquainted': 'gettingAcquainted',
  relationship: 'relationship',
  ambassador: 'ambassador',
};

/** Something happened to this customer: the numbers, types and times of events, never their contents. */
export const happened = defineSignal<[Delivery]>('happened');

/** The journey as this run carries it. For tests and operators: pages read the snapshot. */
export const journeyQuery = defineQuery<Journey>('journey');
