import { createDecide, type DecideDeps } from './decide.ts';
import { createEarnPoints, type EarnPointsDeps } from './earn-points.ts';
import { createGiveTask, type GiveTaskDeps } from './give-task.ts';
import type { createRetain } from './retain.ts';
import { createSendTouch, type SendTouchDeps } from './send-touch.ts';
import { createWatchCase, type WatchCaseDeps } from './watch-case.ts';

/** What a worker runs: `decide` as a local activity, the others as they come. */
export function createActivities(
  deps: DecideDeps & SendTouchDeps & EarnPointsDeps & GiveTaskDeps & WatchCaseDeps,
) {
  return {
    decide: createDecide(deps),
    sendTouch: createSendTouch(deps),
    earnPoints: createEarnPoints(deps),
    giveTask: createGiveTask(deps),
    watchCase: createWatchCase(deps),
  };
}

/** What goes over all that is kept for a time. */
export type Retaining = ReturnType<typeof createRetain>;

export type Activities = ReturnType<typeof createActivities>;
