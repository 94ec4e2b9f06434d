// What every journey stands on: the built site on a server of its own, a browser, and rules that hold on every page.
//
//   import { journey } from './support.mjs';
//   journey('deploying creates a stage', async ({ page, open }) => { await open(); … });
//
// Each journey has a fresh profile, so nothing that an earlier one saved is there. Whatever it does, it fails when the
// page logs an error, throws one, or asks anything of another origin.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { launch } from './browser.mjs';
import { ROOT, listen, send, serveSite } from './site.mjs';

const SHOTS = join(ROOT, 'target', 'screenshots');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };

// Defines a journey. `options.viewport`, `.scheme` ('light', 'dark') and `.motion` ('reduce', 'no-preference') set the
// scene; `options.expected` lists the console errors (patterns) that belong to it. The body gets
//   page, context   Playwright's
//   base            the site's address
//   open(path)      loads the site, `path` being what follows the address (`#/…`), and waits until the program runs
//   host(html)      serves a page from another origin (to embed the site in) and returns its address
export function journey(name, ...rest) {
  const body = rest.pop();
  const options = rest.pop() ?? {};
  test(name, { timeout: options.timeout ?? 120_000 }, async () => {
    const site = await shared.site();
    const browser = await shared.browser();
    const context = await browser.newContext({
      viewport: options.viewport ?? WIDE,
      colorScheme: options.scheme ?? 'light',
      reducedMotion: options.motion ?? 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const origins = new Set([new URL(site.address).origin]);
    const hosts = [];
    const watched = watch(context, origins, options.expected ?? []);
    const host = async (html) => {
      const server = await listen((_, response) => send(response, 200, '.html', html));
      hosts.push(server);
      origins.add(new URL(server.address).origin);
      return server.address;
    };
    try {
      const page = await context.newPage();
      await body({ page, context, base: site.address, host, open: (path = '') => open(page, path) });
      assert.deepEqual(watched, [], 'nothing may go wrong behind the page, and nothing may leave its origin');
    } catch (error) {
      if (watched.length > 0) console.error(`What the browser said during "${name}":\n  ${watched.join('\n  ')}`);
      throw error;
    } finally {
      await context.close();
      hosts.forEach((server) => server.close());
    }
  });
}

// Loads the site in a page and waits until the program has replaced the loading state.
export async function open(page, path = '') {
  const site = await shared.site();
  await page.goto(new URL(path, site.address).href);
  await started(page);
}

// Waits until the page answers scripts, which is when the whole program runs and shows the workspace of this visit; fails with
// the page's own reason when it cannot.
export async function started(page) {
  await page.waitForFunction(() => globalThis.stagecraft);
  const reason = await page.evaluate(() => globalThis.stagecraft.request({ method: 'GET', path: '/restapis' }).then(() => '', String));
  assert.equal(reason, '', 'the program must start');
}

// How many frames without any change make a page that is at rest.
const STILL = 4;

// Waits until the page is at rest: what follows a click some frames late is drawn, and nothing changes any more. For what has no
// other sign, such as a thing that must not come.
export async function atRest(page) {
  const rested = await page.evaluate((frames) => new Promise((resolve) => {
    let still = 0;
    const until = performance.now() + 10_000;
    const observer = new MutationObserver(() => { still = 0; });
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const next = () => requestAnimationFrame(() => { setTimeout(look, 2); });
    const look = () => {
      still += 1;
      if (still <= frames && performance.now() < until) return next();
      observer.disconnect();
      return resolve(still > frames);
    };
    next();
  }), STILL);
  assert.ok(rested, 'the page never comes to rest');
}

// Waits until what is read from a page is as it should be; fails with what it was last.
export async function becomes(page, read, wanted, what) {
  const until = Date.now() + 10_000;
  let found = await read();
  while (!isDeepStrictEqual(found, wanted) && Date.now() < until) {
    await atRest(page);
    found = await read();
  }
  assert.deepEqual(found, wanted, what);
}

// Waits until what a person reads there is as it should be; fails with what it was last.
export async function reads(locator, pattern, what) {
  const until = Date.now() + 10_000;
  let text = await locator.innerText();
  while (!pattern.test(text) && Date.now() < until) {
    await atRest(locator.page());
    text = await locator.innerText();
  }
  assert.match(text, pattern, what);
}

// What axe-core finds wrong with a page as it is now, in short.
export async function axe(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(({ id, impact, help, nodes }) => ({
    id, impact, help, nodes: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
  }));
}

// Fails when axe-core finds anything wrong with a page, in either theme, or when the page itself scrolls: its parts do.
export async function accessible(page) {
  const beyond = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return [Math.max(0, scrollWidth - innerWidth), Math.max(0, scrollHeight - innerHeight)];
  });
  assert.deepEqual(beyond, [0, 0], 'nothing lies beyond the window');
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await axe(page), [], `axe, ${colorScheme} theme`);
  }
  await page.emulateMedia({ colorScheme: null });
}

// Writes pictures of a page, wide and narrow, light and dark, to target/screenshots/. For people to look at.
export async function shot(page, name) {
  mkdirSync(SHOTS, { recursive: true });
  const before = page.viewportSize();
  for (const viewport of [WIDE, NARROW]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(SHOTS, `${name}-${viewport.width}-${colorScheme}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
}

// Slows a page's processor down, for measurements that stand for a modest machine.
export async function slowCpu(page, factor) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: factor });
}

// One browser and one site for all journeys of a file, from the first that asks until the file ends.
const shared = {
  site: once(serveSite),
  browser: once(launch),
};
after(async () => {
  await (await shared.browser.made)?.close();
  (await shared.site.made)?.close();
});

function once(make) {
  const get = () => (get.made ??= make());
  return get;
}

// Collects whatever goes wrong behind a page's back.
function watch(context, origins, expected) {
  const wrong = [];
  const leaves = (address) => {
    const { protocol, origin } = new URL(address);
    return !['data:', 'blob:', 'about:'].includes(protocol) && !origins.has(origin);
  };
  context.on('request', (request) => {
    if (leaves(request.url())) wrong.push(`a request left the origin: ${request.method()} ${request.url()}`);
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => wrong.push(`a web socket was opened: ${socket.url()}`));
  });
  context.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !expected.some((pattern) => pattern.test(text))) wrong.push(`console: ${text}`);
  });
  context.on('weberror', (error) => {
    const text = String(error.error());
    if (!expected.some((pattern) => pattern.test(text))) wrong.push(`uncaught: ${text}`);
  });
  return wrong;
}
