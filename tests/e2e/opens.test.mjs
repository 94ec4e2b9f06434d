// The page opens: from any sub-path, without an error, without asking anything of anybody else.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DIST } from './site.mjs';
import { NARROW, accessible, atRest, journey, shot, started } from './support.mjs';

// The names of the APIs as a script gets them, or its error, from a call that is made now.
const early = (page) => page.evaluate(() => globalThis.stagecraft.request({ method: 'GET', path: '/restapis' })
  .then(({ body }) => body.item.map(({ name }) => name).sort().join(), String));

// Whether the sample has been on this page at any time.
const watchSample = (page) => page.addInitScript(() => {
  globalThis.sampleSeen = false;
  new MutationObserver(() => { globalThis.sampleSeen ||= document.body?.textContent.includes('UsersAPI') ?? false; })
    .observe(document, { childList: true, subtree: true, characterData: true });
});

// Work that is saved in this browser: one API, and not the sample's.
async function saveMine(page, open) {
  await open();
  await page.evaluate(() => globalThis.stagecraft.reset());
  await page.evaluate(() => globalThis.stagecraft.request({ method: 'POST', path: '/restapis', body: { name: 'Mine' } }));
  await page.getByText('Saved', { exact: true }).waitFor();
}

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
  assert.match(await early(page), /^Error: Stagecraft: /);
  await accessible(page);
  await shot(page, 'cannot-start');
});

const LATER = '**/split_engine.wasm';
const SCREENS = '**/split_screens.wasm';

journey('a first visit shows the map before the rest of the program is there, and does then what was asked for', async ({ page, base }) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(LATER, async (route) => { await held; await route.continue(); });
  await page.goto(base);
  await page.locator('#map-working-copy').click();
  await accessible(page);
  await page.getByRole('button', { name: 'Deploy API', exact: true }).first().click();
  const before = await page.locator('#map-working-copy').getAttribute('aria-label');
  release();
  await page.getByRole('dialog', { name: /Deploy API/ }).waitFor();
  assert.equal(await page.locator('#map-working-copy').getAttribute('aria-label'), before, 'the map was right from the start');
});

journey('on a return visit a slow engine holds everything back, and a script\'s early calls land in the saved work', async ({ page, context, open }) => {
  await saveMine(page, open);
  const again = await context.newPage();
  await watchSample(again);
  // Long enough for whatever would not wait.
  await again.route(LATER, async (route) => {
    await new Promise((resolve) => { setTimeout(resolve, 5000); });
    await route.continue();
  });
  await again.goto(page.url());
  const [listed, made, deployed] = await again.evaluate(() => Promise.all([
    globalThis.stagecraft.request({ method: 'GET', path: '/restapis' }).then(({ body }) => body.item.map(({ name }) => name)),
    globalThis.stagecraft.request({ method: 'POST', path: '/restapis', body: { name: 'Early' } }).then(({ status }) => status),
    globalThis.stagecraft.run('aws apigateway create-rest-api --name FromALine').then(({ exitCode }) => exitCode),
  ]));
  assert.deepEqual([listed, made, deployed], [['Mine'], 201, 0]);
  assert.equal(await again.evaluate(() => globalThis.sampleSeen), false, 'the sample is for those who have nothing');
  await again.getByText('Saved', { exact: true }).waitFor();
  await again.reload();
  await started(again);
  assert.equal(await early(again), 'Early,FromALine,Mine');
});

journey('saved work is found though the browser has forgotten which was open, and the sample does not flash up', async ({ page, context, open }) => {
  await saveMine(page, open);
  await page.evaluate(() => localStorage.clear());
  const again = await context.newPage();
  await watchSample(again);
  await again.goto(page.url());
  assert.equal(await early(again), 'Mine');
  assert.equal(await again.evaluate(() => globalThis.sampleSeen), false);
});

journey('an early call on a first visit is answered once the program is there, and what it gave is read at once', async ({ page, base, open }) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(LATER, async (route) => { await held; await route.continue(); });
  await page.goto(base);
  await page.locator('#map-working-copy').waitFor();
  await page.evaluate(() => {
    const body = { name: 'AsGiven' };
    globalThis.answers = Promise.all([
      globalThis.stagecraft.reset(),
      globalThis.stagecraft.request({ method: 'POST', path: '/restapis', body }),
      globalThis.stagecraft.request({ method: 'GET', path: '/restapis' }),
    ]);
    body.name = 'Changed';
  });
  release();
  const [, , { body }] = await page.evaluate(() => globalThis.answers);
  assert.deepEqual(body.item.map(({ name }) => name), ['AsGiven']);
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.locator('#map').getByText('AsGiven').first().waitFor();
  await open();
  assert.equal(await early(page), 'AsGiven', 'it is what was saved');
});

// Deploys the sample, and returns a URL of it.
async function deployed(page) {
  const url = await page.evaluate(async () => {
    const { body: { item: [{ id }] } } = await globalThis.stagecraft.request({ method: 'GET', path: '/restapis' });
    await globalThis.stagecraft.request({ method: 'POST', path: `/restapis/${id}/deployments`, body: { stageName: 'dev' } });
    return `https://${id}.execute-api.us-east-1.amazonaws.com/dev/users`;
  });
  await page.getByText('Saved', { exact: true }).waitFor();
  return url;
}

const MISSING = { expected: [/Failed to load resource/, /fetch|module|load/i] };

journey('a first visit without the rest of the program says so, and the map stays', MISSING, async ({ page, base }) => {
  await page.route(LATER, (route) => route.abort());
  await page.goto(base);
  assert.match(await page.getByRole('alert').innerText(), /could not be loaded.*load the page again/is);
  assert.match(await early(page), /^Error: Stagecraft: .*could not be loaded/);
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
  assert.match(await early(page), /^Error: Stagecraft: .*could not be loaded/);
  await page.unroute(LATER);
  await page.getByRole('button', { name: 'Load the page again' }).click();
  await started(page);
  await page.getByRole('button', { name: 'UsersAPI', exact: true }).click();
  await page.getByText('Mine (').waitFor();
});

journey('screens that come five seconds late are waited for, while the map, URLs and calls work', async ({ page, context, open }) => {
  await open();
  const url = await deployed(page);
  const again = await context.newPage();
  const slow = async (route) => {
    await new Promise((resolve) => { setTimeout(resolve, 5000); });
    await route.continue();
  };
  await again.route(SCREENS, slow);
  await again.goto(page.url());
  await again.locator('#map-working-copy').click();
  await again.getByRole('region', { name: 'Editor' }).getByText('Loading…').waitFor();
  await again.getByLabel('URL', { exact: true }).fill(url);
  await again.getByRole('button', { name: 'Send', exact: true }).click();
  await again.locator('.answer .status').getByText('200').waitFor();
  const line = again.evaluate(() => globalThis.stagecraft.run('aws apigateway get-rest-apis').then(({ exitCode }) => exitCode));
  await again.getByRole('button', { name: 'Deploy API', exact: true }).first().click();
  await again.getByRole('status').getByText('Loading…').waitFor();
  await accessible(again);
  await shot(again, 'screens-awaited');
  await again.getByRole('dialog', { name: /Deploy API/ }).waitFor();
  assert.equal(await line, 0);
});

journey('screens that cannot be fetched are said, and come when they are asked for again', MISSING, async ({ page, base }) => {
  await page.route(SCREENS, (route) => route.abort());
  await page.goto(base);
  const editor = page.getByRole('region', { name: 'Editor' });
  await editor.getByRole('alert').waitFor();
  await accessible(page);
  await shot(page, 'screens-missing');
  await page.getByRole('button', { name: 'Deploy API', exact: true }).first().click();
  await page.getByText('A part of the program could not be loaded.').waitFor();
  assert.match(await page.evaluate(() => globalThis.stagecraft.run('aws apigateway get-rest-apis').catch(String)), /could not be loaded/);
  await page.unroute(SCREENS);
  await editor.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('tab', { name: 'Resources' }).waitFor();
  await page.getByRole('button', { name: 'Deploy API', exact: true }).first().click();
  await page.getByRole('dialog', { name: /Deploy API/ }).waitFor();
});

journey('on a phone each pane says that its screen is missing', { ...MISSING, viewport: NARROW }, async ({ page, base }) => {
  await page.route(SCREENS, (route) => route.abort());
  await page.goto(base);
  for (const [pane, label] of [['Edit', 'Editor'], ['Learn', 'First steps']]) {
    await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: pane }).click();
    await page.getByRole('region', { name: label }).getByRole('button', { name: 'Try again' }).waitFor();
    await accessible(page);
  }
  await page.unroute(SCREENS);
  await page.getByRole('region', { name: 'First steps' }).getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('region', { name: 'First steps' }).getByRole('heading').first().waitFor();
});

journey('an address that the user changes right after a click is followed', async ({ page, open }) => {
  await open();
  const api = await page.evaluate(async () => (await stagecraft.request({ method: 'GET', path: '/restapis' })).body.item[0].id);
  await atRest(page);
  for (const [tab, wanted] of [[1, 'deployments'], [2, 'settings'], [3, 'stages'], [1, 'more']]) {
    await page.evaluate(([tab, hash]) => {
      document.getElementById(`editor-tab-${tab}`).click();
      location.hash = hash;
    }, [tab, `#/${api}/${wanted}`]);
    await page.locator(`#editor-panel[aria-labelledby="editor-tab-${['resources', 'stages', 'deployments', 'settings', 'more'].indexOf(wanted)}"]`).waitFor();
    await atRest(page);
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
