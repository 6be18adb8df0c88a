import type { Touch } from './playbook.ts';

/** Whether this version can do what a touch asks for; if not, it is `skipped(unsupported)`. */
export function isSupported(touch: Touch): boolean {
  return !(touch.asks || touch.surprise || touch.suggest || touch.by);
}
