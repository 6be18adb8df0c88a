import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What can be reached by keyboard; of a group of radio buttons one, as the arrow keys do the rest. */
const REACHABLE = 'a[href], button, input:not([type=hidden]), select, textarea, summary';

/** What axe-core finds wrong with a page, a line each: the rule, what it means, and where. */
export async function violationsIn(page: Page): Promise<readonly string[]> {
  await page.evaluate(`${AXE}; undefined`);
  const found: AxeResults['violations'] = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}

/** What cannot be reached by the Tab key, or does not show that it was, as html. */
export async function unreachableIn(page: Page): Promise<readonly string[]> {
  const count: number = await page.evaluate(`(() => {
    const names = new Set();
    const isFirst = ({ type, name }) => type !== 'radio' || !(names.has(name) || !names.add(name));
    const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.tabIndex >= 0;
    window.wanted = [...document.querySelectorAll('${REACHABLE}')].filter((one) => shown(one) && isFirst(one));
    window.reached = new Set();
    document.addEventListener('focusin', ({ target }) => {
      const shows = [target, target.closest('label')].some((one) =>
        one && getComputedStyle(one).outlineStyle !== 'none' && getComputedStyle(one).outlineWidth !== '0px');
      if (shows) window.reached.add(target.type === 'radio' ? target.name : target);
    });
    return window.wanted.length;
  })()`);
  for (let tab = 0; tab < count + 3; tab += 1) await page.keyboard.press('Tab');
  return page.evaluate(`window.wanted
    .filter((one) => !window.reached.has(one.type === 'radio' ? one.name : one))
    .map((one) => one.outerHTML.slice(0, 200))`);
}

/** By how many pixels a page is wider than its screen. */
export async function overflowOf(page: Page): Promise<number> {
  return page.evaluate('Math.max(0, document.documentElement.scrollWidth - window.innerWidth)');
}
