// Runs the page that wasm-bindgen-test-runner serves: `node web-tests.mjs ADDRESS`. Prints what the tests print.

import { argv, exit, stdout } from 'node:process';
import { launch } from './browser.mjs';

const LIMIT = 300_000;

const browser = await launch();
const page = await browser.newPage();
page.on('console', (message) => message.type() === 'error' && console.error(`  console.error: ${message.text()} ${message.location().url}`));
page.on('pageerror', (error) => console.error(`  uncaught: ${error}`));

let finished = false;
try {
  await page.goto(argv[2]);
  await page.waitForFunction(() => /test result: |no tests to run/.test(document.getElementById('output')?.textContent), null, { timeout: LIMIT });
  finished = true;
} finally {
  const text = await page.evaluate(() => document.getElementById('output')?.textContent ?? '');
  stdout.write(`${text.trimEnd()}\n`);
  await browser.close();
}
exit(finished ? 0 : 1);
