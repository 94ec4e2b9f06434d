// The page in Firefox: that what every visit needs works there, too. All else is tried in Chromium.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchFirefox } from './firefox.mjs';
import { serveSite } from './site.mjs';
import { WIDE } from './support.mjs';

let site;
let firefox;
before(async () => {
  site = await serveSite();
  firefox = await launchFirefox();
});
after(async () => {
  await firefox?.close();
  site?.close();
});

// Waits until the text of what a selector finds last is as it should be; answers the match.
const reads = (page, selector, pattern) => page.until(`${selector} reads ${pattern}`, (selector, source) => {
  const text = [...document.querySelectorAll(selector)].at(-1)?.innerText ?? '';
  return new RegExp(source).exec(text);
}, selector, pattern.source);

test('in Firefox: the map, a deployment, a call, a line in the console, and all of it again after a reload', { timeout: 240_000 }, async () => {
  const { page } = firefox;
  await page.resize(WIDE);
  await page.open(site.address);
  await reads(page, '#map-sentences', /The working copy of UsersAPI was never deployed/);
  const drawn = await page.evaluate(() => {
    const { width, height } = document.querySelector('#map svg').getBoundingClientRect();
    return width > 300 && height > 50;
  });
  assert.ok(drawn, 'the map is in sight');

  await page.click('button', 'Deploy API', 'header');
  await page.fill('textbox', 'Stage name', 'dev', 'dialog');
  await page.click('button', 'Deploy', 'dialog');
  await reads(page, '#map-sentences', /Stage dev points at deployment D1, up to date/);

  await page.click('tab', 'Request');
  const [host] = await page.until('the map has an invoke URL', () => /[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com/.exec(document.body.innerText));
  await page.fill('combobox', 'URL', `https://${host}/dev/users`);
  await page.click('button', 'Send');
  await reads(page, '.answer .status', /^200$/);
  await reads(page, '.answer .chip', /answered by D1/);
  await reads(page, '.answer pre.code', /Ada Lovelace/);

  await page.click('tab', 'Console');
  const [id] = host.split('.');
  await page.fill('textbox', '$ Console', `aws apigateway get-stages --rest-api-id ${id} --query 'item[].stageName' --output text\uE007`);
  await reads(page, '.console-entry', /get-stages[^]*\bdev\s*$/);

  const before = await page.evaluate(() => document.querySelector('#map-sentences').innerText);
  await reads(page, '[role=status]', /^Saved$/);
  await page.reload();
  await page.until('the program runs again', () => globalThis.stagecraft !== undefined);
  await page.until('the stage is there', () => document.querySelector('#map-stage-dev') !== null);
  assert.equal(await page.evaluate(() => document.querySelector('#map-sentences').innerText), before, 'everything is there again');

  assert.deepEqual(page.errors, [], 'nothing may go wrong behind the page');
  const away = page.requests.filter((address) => /^https?:/.test(address) && new URL(address).origin !== new URL(site.address).origin);
  assert.deepEqual(away, [], 'no request may leave the origin');
});
