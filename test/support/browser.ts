import { execFileSync } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';

/** The browser on PATH, or nothing. */
function chromiumPath(): string | undefined {
  try {
    return execFileSync('sh', [
      '-c',
      'command -v chromium || command -v chromium-browser || command -v google-chrome',
    ])
      .toString()
      .trim();
  } catch {
    return undefined; // `command -v` answers 127: there is none
  }
}

const PATH = chromiumPath();

/** Whether tests in a browser can run here. */
export const hasBrowser = PATH !== undefined;

/** What to say where they cannot. */
export const NO_BROWSER = 'left out: no chromium on PATH; on Debian: apt-get install chromium';

/** Starts the browser on PATH, without a window. */
export function aBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(PATH && { executablePath: PATH }),
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
}
