/**
 * Files that take longest on two idle cores, some 20 seconds to five minutes, the longest first. Which it is matters
 * little: what matters is that none of them begins when all others are nearly done, and one core has nothing left.
 */
const LONG = [
  ...['demo/demo.full', 'end-to-end/crashes.full', 'activities/grant-surprise.full', 'demo/scanner.full'],
  ...['domain/zones.full', 'workflows/simulate.full', 'end-to-end/publishing.full', 'domain/cdnow.full'],
  ...['docs/commands.real', 'workflows/simulate.real', 'demo/demo.real', 'servers/start.real'],
  ...['end-to-end/publishing.real', 'api/accessible.real', 'cli/main.real', 'end-to-end/stop-mail.real'],
  ...['end-to-end/temporal-away.real', 'end-to-end/erasure.real', 'cli/erase.real', 'cli/publish.real'],
];

/** Runs test files in such an order that two cores end at the same time; others as Jest found them. */
export default class LongestFirst {
  sort(tests) {
    const rank = ({ path }) => LONG.findIndex((name) => path.endsWith(`/${name}.test.ts`));
    const first = tests.filter((test) => rank(test) >= 0).sort((a, b) => rank(a) - rank(b));
    return [...first, ...tests.filter((test) => rank(test) < 0)];
  }

  cacheResults() {} // the order is given
}
