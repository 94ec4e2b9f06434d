// The page opens: from any sub-path, without an error, without asking anything of anybody else.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DIST } from './site.mjs';
import { accessible, journey, settled, shot, started } from './support.mjs';

journey('the page opens from a sub-path and has its name', async ({ page, open, base }) => {
  await open();
  assert.equal(await page.title(), 'Stagecraft');
  assert.ok(page.url().startsWith(base));
  await shot(page, 'opens');
});

journey('the first screen is accessible in both themes', async ({ page, open }) => {
  await open();
  await accessible(page);
});

journey('the page forbids scripts and requests that are not its own', { expected: [/Content Security Policy/] }, async ({ page, open }) => {
  await open();
  const refused = await page.evaluate(() => new Promise((resolve) => {
    const seen = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      seen.push(event.effectiveDirective);
      if (seen.length === 3) resolve(seen.sort());
    });
    const script = document.createElement('script');
    script.textContent = 'globalThis.wasRun = true';
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    document.head.append(script, style);
    fetch('https://example.com/').catch(() => {});
  }));
  assert.deepEqual(refused, ['connect-src', 'script-src-elem', 'style-src-elem']);
  assert.equal(await page.evaluate(() => globalThis.wasRun), undefined);
});

journey('the page can be embedded in a page of another origin', async ({ page, base, host }) => {
  await page.goto(await host(`<!doctype html><title>A lesson</title><iframe src="${base}" title="Stagecraft"></iframe>`));
  const frame = page.frame({ url: base });
  assert.ok(frame, 'the frame must load');
  await started(frame);
});

journey('a program that cannot be fetched is said, with what to do', { expected: [/Failed to load resource/, /error|Error/] }, async ({ page, base }) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(base);
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /could not start/);
  await accessible(page);
  await shot(page, 'cannot-start');
});

const LATER = '**/split_later.wasm';

journey('a first visit shows the map before the rest of the program is there, and does then what was asked for', async ({ page, base }) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(LATER, async (route) => { await held; await route.continue(); });
  await page.goto(base);
  await page.locator('#map-working-copy').click();
  assert.equal(await page.evaluate(() => typeof globalThis.stagecraft), 'undefined');
  await accessible(page);
  await page.getByRole('button', { name: 'Deploy API', exact: true }).first().click();
  const before = await page.locator('#map-working-copy').getAttribute('aria-label');
  release();
  await page.getByRole('dialog', { name: /Deploy API/ }).waitFor();
  assert.equal(await page.locator('#map-working-copy').getAttribute('aria-label'), before, 'the map was right from the start');
});

const MISSING = { expected: [/Failed to load resource/, /fetch|module|load/i] };

journey('a first visit without the rest of the program says so, and the map stays', MISSING, async ({ page, base }) => {
  await page.route(LATER, (route) => route.abort());
  await page.goto(base);
  assert.match(await page.getByRole('alert').innerText(), /could not be loaded.*load the page again/is);
  await page.locator('#map-working-copy').click();
  await accessible(page);
});

journey('a page with saved work that cannot be loaded as a whole says so, and the work stays', MISSING, async ({ page, base, open }) => {
  await open();
  await page.evaluate(() => globalThis.stagecraft.request({ method: 'POST', path: '/restapis', body: { name: 'Mine' } }));
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.route(LATER, (route) => route.abort());
  await page.goto(base);
  await page.reload();
  assert.match(await page.getByRole('alert').innerText(), /could not start/);
  await page.unroute(LATER);
  await page.getByRole('button', { name: 'Load the page again' }).click();
  await started(page);
  await page.getByRole('button', { name: 'UsersAPI', exact: true }).click();
  await page.getByText('Mine (').waitFor();
});

journey('an address that the user changes right after a click is followed', async ({ page, open }) => {
  await open();
  const api = await page.evaluate(async () => (await stagecraft.request({ method: 'GET', path: '/restapis' })).body.item[0].id);
  await settled(page);
  for (const [tab, wanted] of [[1, 'deployments'], [2, 'settings'], [3, 'stages'], [1, 'more']]) {
    await page.evaluate(([tab, hash]) => {
      document.getElementById(`editor-tab-${tab}`).click();
      location.hash = hash;
    }, [tab, `#/${api}/${wanted}`]);
    await page.locator(`#editor-panel[aria-labelledby="editor-tab-${['resources', 'stages', 'deployments', 'settings', 'more'].indexOf(wanted)}"]`).waitFor();
    await settled(page);
    assert.equal(await page.evaluate(() => location.hash), `#/${api}/${wanted}`, 'what the user asked for stays');
  }
});

journey('a page without scripts says what it needs', async ({ context, base }) => {
  const browser = context.browser();
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto(base);
  assert.match(await page.locator('noscript').innerText(), /allow scripts/);
  await plain.close();
});

test('the program tells nothing of the machine that it was built on', () => {
  const programs = readdirSync(DIST, { recursive: true }).filter((name) => name.endsWith('.wasm'));
  assert.ok(programs.length > 1);
  for (const name of programs) {
    const paths = readFileSync(join(DIST, name), 'latin1').match(/\/[\w./-]*(registry\/src|rustlib)\/[\w./-]*/g);
    assert.equal(paths, null, `${name} has paths of its builder in it`);
  }
});
