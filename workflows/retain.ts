import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Retaining } from '../activities/index.ts';
import type { Retained, RetentionCounts } from '../domain/retained.ts';

const { kindsRetained, forgetPage } = proxyActivities<Retaining>({ startToCloseTimeout: '5 minutes' });

/** How far it is: what is done, and after which page of the kind at hand. */
type Progress = { readonly counts: RetentionCounts; readonly after?: string | undefined };

/**
 * Goes over all that is kept for a time, kind by kind and page by page; a Schedule begins it each night.
 *
 * @returns how many of each went
 */
export async function retain(progress: Progress = { counts: {} }): Promise<RetentionCounts> {
  const kinds = await kindsRetained();
  let { counts, after } = progress;
  for (;;) {
    const kind = kinds.find((one) => !isDone(one, kinds, { counts, after }));
    if (!kind) return counts;
    const page = await forgetPage({ kind, ...(after !== undefined && { after }) });
    counts = { ...counts, [kind]: (counts[kind] ?? 0) + page.count };
    after = page.after;
    if (workflowInfo().continueAsNewSuggested) {
      await continueAsNew<typeof retain>({ counts, ...(after !== undefined && { after }) });
    }
  }
}

/** A kind that was begun is done once no page is left of it: the last begun is the one at hand. */
function isDone(kind: Retained, kinds: readonly Retained[], { counts, after }: Progress): boolean {
  const begun = kinds.filter((one) => counts[one] !== undefined);
  return begun.includes(kind) && (kind !== begun.at(-1) || after === undefined);
}
