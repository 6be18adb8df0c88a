import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';

/** At night, when a shop has least to do; UTC. */
const EACH_NIGHT = { hour: 3, minute: 30 } as const;

/**
 * Has Temporal go over all that is kept for a time each night (`workflows/retain.ts`): a Schedule of the namespace,
 * made by the first worker that starts; one that is still at it is not joined by another.
 */
export async function scheduleRetention(
  { schedule }: Pick<Client, 'schedule'>,
  taskQueue: string,
): Promise<void> {
  try {
    await schedule.create({
      scheduleId: 'rapport-retention',
      spec: { calendars: [EACH_NIGHT] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 day' },
      action: { type: 'startWorkflow', workflowType: 'retain', workflowId: 'retention', taskQueue },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
