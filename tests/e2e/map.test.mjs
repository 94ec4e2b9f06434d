// What the map shows beside the API's own deployments and stages, and what can be done with it right there.

import assert from 'node:assert/strict';
import { NARROW, WIDE, accessible, atRest, becomes, journey, reads, shot } from './support.mjs';

const node = (page, id) => page.locator(`[id="map-${id}"]`);

// Two stages, `dev` at D1 and `prod` at D2 with D1 as its canary; a domain name that maps /v1 to dev; a plan, a cache.
const prepare = (page) => page.evaluate(async () => {
  const { stagecraft } = globalThis;
  const ask = async (method, path, body) => {
    const answer = await stagecraft.request({ method, path, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const api = (await ask('GET', '/restapis')).item[0];
  const d1 = await ask('POST', `/restapis/${api.id}/deployments`, { stageName: 'dev', description: 'first' });
  await ask('PATCH', `/restapis/${api.id}`, { patchOperations: [{ op: 'replace', path: '/description', value: 'second' }] });
  const d2 = await ask('POST', `/restapis/${api.id}/deployments`, { stageName: 'prod', description: 'second' });
  await ask('PATCH', `/restapis/${api.id}/stages/prod`, { patchOperations: [
    { op: 'replace', path: '/canarySettings/deploymentId', value: d1.id },
    { op: 'replace', path: '/canarySettings/percentTraffic', value: '0' },
    { op: 'replace', path: '/cacheClusterEnabled', value: 'true' },
    { op: 'replace', path: '/*/*/throttling/burstLimit', value: '10' },
  ] });
  await ask('POST', '/domainnames', {
    domainName: 'api.example.com', regionalCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/abc',
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  await ask('POST', '/domainnames/api.example.com/basepathmappings', { basePath: 'v1', restApiId: api.id, stage: 'dev' });
  await ask('POST', '/usageplans', { name: 'Basic', apiStages: [{ apiId: api.id, stage: 'prod' }] });
  return { api: api.id, d1: d1.id, d2: d2.id };
});

const get = (page, path) => page.evaluate(async (at) => (await globalThis.stagecraft.request({ method: 'GET', path: at })).body, path);

// Drags the end of an arrow onto a node.
async function drag(page, arrow, onto) {
  await atRest(page);
  const from = await page.locator(`[id="map-${arrow}-port"]`).boundingBox();
  const to = await node(page, onto).boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 });
  await page.mouse.up();
}

journey('the map shows custom domain names and settings, and its arrows can be dragged', async ({ page, open }) => {
  await open();
  const { api, d1, d2 } = await prepare(page);
  const url = node(page, 'domain-api.example.com/v1/dev');
  await reads(page.locator('#map-sentences'), /Stage dev .* It also answers at https:\/\/api\.example\.com\/v1\./);
  await reads(page.locator('#map-sentences'), /Stage prod .* It has: cache of 0\.5 GB, no method uses it, throttled, usage plan Basic with 0 API keys\./);
  assert.match(await node(page, 'stage-prod').getAttribute('aria-label'), /throttled, usage plan Basic/);
  await accessible(page);
  await shot(page, 'map-outside');

  await drag(page, 'domain-api.example.com/v1/dev-edge', 'stage-prod');
  await node(page, 'domain-api.example.com/v1/prod').waitFor();
  assert.equal((await get(page, '/domainnames/api.example.com/basepathmappings/v1')).stage, 'prod');
  await reads(page.locator('[aria-live]').filter({ hasText: /./ }), /api\.example\.com/);

  await drag(page, 'stage-prod-canary', `deployment-${d2}`);
  await reads(page.locator('#map-sentences'), /canary D2/);
  assert.equal((await get(page, `/restapis/${api}/stages/prod`)).canarySettings.deploymentId, d2);
  await drag(page, 'stage-prod-edge', `deployment-${d1}`);
  await reads(page.locator('#map-sentences'), /Stage prod points at deployment D1/);
  await page.keyboard.press('Control+z');
  await reads(page.locator('#map-sentences'), /Stage prod points at deployment D2/);
  assert.equal(await url.count(), 0);
});

// Drags the end of an arrow away from where it begins and lets it go at a place of the window.
async function drop(page, arrow, at) {
  await atRest(page);
  const from = await page.locator(`[id="map-${arrow}-port"]`).boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x - 60, from.y + 120, { steps: 5 });
  await page.locator('.map-bin').waitFor();
  const { x, y } = await at();
  await page.mouse.move(x, y, { steps: 5 });
  await atRest(page);
  return () => page.mouse.up();
}

const middle = (locator) => async () => {
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

journey('a canary is promoted, and what an arrow belongs to is deleted, by dragging it', async ({ page, open }) => {
  await open();
  const { api, d1, d2 } = await prepare(page);
  const bin = middle(page.locator('.map-bin'));
  const dialog = page.getByRole('dialog');

  // A click on the end of the arrow lies on the stage's card, too, and is no drop.
  await atRest(page);
  await page.locator('[id="map-stage-prod-canary-port"]').click();
  await atRest(page);
  assert.equal(await dialog.count(), 0);
  assert.equal(await page.locator('.map-bin').count(), 0);

  // Over the bin nothing else takes the arrow; dropped on nothing, it stays.
  let release = await drop(page, 'stage-prod-canary', bin);
  await reads(page.locator('.map-bin.over'), /^Drop here to delete the canary$/);
  await shot(page, 'map-bin');
  await release();
  await reads(dialog, /Delete canary/);
  await page.keyboard.press('Escape');
  release = await drop(page, 'stage-prod-canary', async () => ({ x: 700, y: 460 }));
  await release();
  await page.locator('.map-bin').waitFor({ state: 'detached' });
  assert.equal(await dialog.count(), 0);
  assert.equal((await get(page, `/restapis/${api}/stages/prod`)).canarySettings.deploymentId, d1);

  release = await drop(page, 'stage-prod-canary', middle(node(page, 'stage-prod')));
  await release();
  await dialog.getByRole('button', { name: /^Promote/ }).click();
  await reads(page.locator('#map-sentences'), /Stage prod points at deployment D1/);
  assert.equal((await get(page, `/restapis/${api}/stages/prod`)).deploymentId, d1);

  release = await drop(page, 'domain-api.example.com/v1/dev-edge', bin);
  await release();
  await node(page, 'domain-api.example.com/v1/dev').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await node(page, 'domain-api.example.com/v1/dev').waitFor();

  release = await drop(page, 'stage-prod-edge', bin);
  await release();
  await reads(dialog, /prod/);
  await dialog.getByRole('button', { name: 'Delete stage' }).click();
  await node(page, 'stage-prod').waitFor({ state: 'detached' });

  // The same by the keyboard.
  await node(page, 'domain-api.example.com/v1/dev').focus();
  await page.keyboard.press('Delete');
  await node(page, 'domain-api.example.com/v1/dev').waitFor({ state: 'detached' });
  await node(page, `deployment-${d1}`).focus();
  await page.keyboard.press('Delete');
  await reads(dialog, /Deleting would be refused: dev points at it\./);
  await dialog.getByRole('button', { name: 'Delete deployment' }).click();
  await reads(dialog, /Active stages pointing to this deployment must be moved or deleted/);
  await page.keyboard.press('Escape');
  await node(page, `deployment-${d2}`).focus();
  await page.keyboard.press('Delete');
  await dialog.getByRole('button', { name: 'Delete deployment' }).click();
  await node(page, `deployment-${d2}`).waitFor({ state: 'detached' });
  await node(page, 'stage-dev').focus();
  await page.keyboard.press('Delete');
  await dialog.getByRole('button', { name: 'Delete stage' }).click();
  await node(page, 'stage-dev').waitFor({ state: 'detached' });
});

journey('a deployment is dragged onto a stage, which points there then, and into the bin; a click on it stays a click', async ({ page, open }) => {
  await open();
  const { api, d1, d2 } = await prepare(page);
  const grab = async (id, ...to) => {
    await page.mouse.move(...Object.values(await middle(node(page, `deployment-${id}`))()));
    await page.mouse.down();
    for (const at of to) {
      const { x, y } = await at();
      await page.mouse.move(x, y, { steps: 5 });
      await atRest(page);
    }
    await page.mouse.up();
    await atRest(page);
  };
  const dialog = page.getByRole('dialog');
  const bin = middle(page.locator('.map-bin'));
  const nowhere = async () => ({ x: 700, y: 460 });

  // A hand that shakes a little clicks: the card is selected.
  const { x, y } = await middle(node(page, `deployment-${d1}`))();
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 2, y + 2);
  await page.mouse.up();
  await page.waitForFunction((id) => location.hash.endsWith(`/deployments/${id}`), d1);
  assert.equal(await page.locator('.map-bin').count(), 0);

  await grab(d2, nowhere);
  assert.equal(await page.locator('.map-bin').count(), 0);
  assert.equal((await get(page, `/restapis/${api}/stages/dev`)).deploymentId, d1);
  await page.waitForFunction((id) => location.hash.endsWith(`/deployments/${id}`), d1);

  await grab(d2, middle(node(page, 'stage-dev')));
  await reads(page.locator('#map-sentences'), /Stage dev points at deployment D2/);
  assert.equal((await get(page, `/restapis/${api}/stages/dev`)).deploymentId, d2);

  await grab(d1, nowhere, bin);
  await reads(dialog, /Deleting would be refused: the canary of prod points at it\./);
  await page.keyboard.press('Escape');
  await page.mouse.move(10, 10);
  assert.equal(await page.locator('.map-bin').count(), 0);
});

journey('by keyboard, a URL at a custom domain name is reached, opened, mapped elsewhere, listed and called', async ({ page, open }) => {
  await open();
  const { api } = await prepare(page);
  const url = node(page, 'domain-api.example.com/v1/dev');
  await node(page, 'stage-dev').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  assert.equal(await url.evaluate((element) => element === document.activeElement), true);
  await page.keyboard.press('Enter');
  await page.waitForFunction((id) => location.hash === `#/${id}/domains/api.example.com`, api);
  assert.equal(await url.getAttribute('aria-pressed'), 'true');
  await page.getByRole('button', { name: 'api.example.com', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Map /v1 to prod' }).click();
  await node(page, 'domain-api.example.com/v1/prod').waitFor();
  await page.keyboard.press('Control+z');
  await url.waitFor();
  await page.getByRole('button', { name: 'api.example.com', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete mapping /v1' }).click();
  await url.waitFor({ state: 'detached' });
  assert.deepEqual((await get(page, '/domainnames/api.example.com/basepathmappings')).item ?? [], []);
  await page.keyboard.press('Control+z');
  await url.waitFor();

  await node(page, 'stage-dev').click();
  await page.getByLabel('Base URL').selectOption('https://api.example.com/v1');
  const group = page.locator('.url-group').filter({ hasText: '/users/{userId}' });
  await reads(group, /api\.example\.com\s*\/v1/);
  await page.getByTitle('Call GET /users', { exact: true }).click();
  await reads(page.locator('.drawer'), /200/);
  assert.equal(await page.getByLabel('URL', { exact: true }).inputValue(), 'https://api.example.com/v1/users');
});

journey('on a phone the URLs at custom domain names stand in the card of their stage', async ({ page, open }) => {
  await open();
  await prepare(page);
  await page.setViewportSize(NARROW);
  await node(page, 'domain-api.example.com/v1/dev').waitFor();
  await accessible(page);
  await shot(page, 'map-outside-phone');
  await page.setViewportSize(WIDE);
});

// Marks what is drawn, and says how much of what is drawn is not what was marked, though it has the name of something that was.
const mark = (page) => page.evaluate(() => {
  globalThis.marked = new Map([...document.querySelectorAll('.map-scene [id]')].map((one) => [one.id, one]));
});
const drawnAnew = (page) => page.evaluate(() => [...document.querySelectorAll('.map-scene [id]')]
  .filter((one) => globalThis.marked.has(one.id) && globalThis.marked.get(one.id) !== one).map(({ id }) => id));

journey('what stays on the map stays where it is in the page, so that only what is new costs time', async ({ page, open }) => {
  await open();
  const { api } = await prepare(page);
  await page.evaluate(async (id) => {
    for (let at = 0; at < 12; at += 1) {
      await globalThis.stagecraft.request({ method: 'POST', path: `/restapis/${id}/deployments`, body: { description: `further ${at}` } });
    }
  }, api);
  await atRest(page);
  const drawn = () => page.locator('[id^=map-deployment-][role=button]').count();
  const few = await drawn();
  await mark(page);
  await node(page, 'fold').click();
  await becomes(page, drawn, 14, 'all deployments are drawn');
  const all = await drawn();
  assert.ok(few < all, 'some were folded');
  assert.deepEqual(await drawnAnew(page), [], 'unfolding draws only what was folded');
  await mark(page);
  await node(page, 'fold').click();
  await becomes(page, drawn, few);
  assert.deepEqual(await drawnAnew(page), [], 'folding draws nothing anew');
  await mark(page);
  await page.evaluate((id) => globalThis.stagecraft.request({ method: 'POST', path: `/restapis/${id}/deployments`, body: { stageName: 'dev' } }), api);
  await atRest(page);
  assert.deepEqual(await drawnAnew(page), [], 'a deployment draws only itself');
});
