// The workshop, as a newcomer walks through it in the browser: from an API that nobody can call to two stages on two
// deployments, a rollback, a refusal, undo, and a closed tab.

import assert from 'node:assert/strict';
import { NARROW, accessible, atRest, journey, shot, started } from './support.mjs';

const tab = (page, name) => page.getByRole('tab', { name, exact: true });
const sentences = async (page) => {
  await atRest(page);
  return page.locator('#map-sentences').innerText();
};

async function deploy(page, choose) {
  await page.getByRole('banner').getByRole('button', { name: 'Deploy API' }).click();
  const dialog = page.getByRole('dialog', { name: 'Deploy API' });
  await choose(dialog);
  await dialog.getByRole('button', { name: 'Deploy', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

// Sends a request from the request pane; answers what is on screen.
async function send(page, method, url) {
  await tab(page, 'Request').click();
  await page.getByLabel('HTTP method').first().selectOption(method);
  await page.getByLabel('URL', { exact: true }).fill(url);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.waitForFunction(() => document.querySelector('.answer .status'));
  const failed = page.locator('.steps li.failed');
  return {
    status: Number(await page.locator('.answer .status').innerText()),
    body: await page.locator('.answer pre.code').count() ? await page.locator('.answer pre.code').innerText() : '',
    by: await page.locator('.answer .chip').first().innerText(),
    why: await failed.count() ? await failed.innerText() : '',
    text: await page.getByRole('tabpanel', { name: 'Request' }).innerText(),
  };
}

async function openMethod(page, name) {
  await tab(page, 'Resources').click();
  await page.getByRole('treeitem', { name: new RegExp(`^${name}(,|$)`) }).click();
}

journey('the workshop, from the first deployment to the closed tab', { timeout: 240_000 }, async ({ page, context, open }) => {
  // 1. An API that nobody can call.
  await open();
  await page.getByText('Nothing is callable yet').waitFor();
  assert.match(await sentences(page), /The working copy of UsersAPI was never deployed/);
  await accessible(page);
  await shot(page, 'story-1-opens');

  // 2. Deploy it to a new stage.
  await deploy(page, (dialog) => dialog.getByLabel('Stage name').fill('dev'));
  await page.getByRole('region', { name: 'Stage details: dev' }).waitFor();
  await page.getByRole('button', { name: 'Copy invoke URL' }).click();
  const base = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(base, /^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com\/dev$/);
  const host = base.slice(0, -'/dev'.length);
  assert.match(await sentences(page), /Stage dev points at deployment D1, up to date/);
  await shot(page, 'story-2-deployed');

  // 3. Call it, and call it wrong.
  const first = await send(page, 'GET', `${base}/users`);
  assert.deepEqual([first.status, first.by], [200, 'answered by D1']);
  assert.equal(JSON.parse(first.body).users.length, 2);
  for (const root of ['', '/']) {
    const answer = await send(page, 'GET', base + root);
    assert.equal(answer.status, 200);
    assert.equal(JSON.parse(answer.body).service, 'UsersAPI');
  }
  const wrong = [
    ['GET', `${host}/users`, '{"message":"Forbidden"}'],
    ['GET', `${host}/prod/users`, '{"message":"Forbidden"}'],
    ['GET', `${base}/nothing`, '{"message":"Missing Authentication Token"}'],
    ['PUT', `${base}/users`, '{"message":"Missing Authentication Token"}'],
  ];
  for (const [method, url, body] of wrong) {
    const answer = await send(page, method, url);
    assert.deepEqual([answer.status, answer.body], [403, body], `${method} ${url}`);
    assert.notEqual(answer.why, '', 'the trace says why');
  }
  assert.match((await send(page, 'GET', `${base}/nothing`)).text, /nothing to do with tokens/);
  await accessible(page);
  await shot(page, 'story-3-called');

  // 4. Change the answer of GET /users, and add /orders: nothing happens.
  await openMethod(page, 'GET /users');
  await tab(page, 'Responses').click();
  const template = page.getByLabel('Response template · application/json');
  await template.fill('{\n  "users": [],\n  "greeting": "$stageVariables.greeting"\n}');
  await template.blur();
  await page.getByRole('treeitem', { name: '/', exact: true }).click();
  await page.keyboard.press('r');
  const create = page.getByRole('dialog', { name: 'Create resource' });
  await create.getByLabel('Resource name').fill('orders');
  await create.getByRole('button', { name: 'Create resource' }).click();
  await create.waitFor({ state: 'detached' });
  await page.keyboard.press('m');
  const method = page.getByRole('dialog', { name: 'Create method' });
  await method.getByRole('button', { name: 'Create method' }).click();
  await method.waitFor({ state: 'detached' });
  assert.match(await sentences(page), /has 2 changes not deployed/);
  assert.match(await sentences(page), /Stage dev points at deployment D1, 2 changes behind/);
  const still = await send(page, 'GET', `${base}/users`);
  assert.equal(JSON.parse(still.body).users.length, 2, 'the stage answers as before');
  assert.match(still.text, /The working copy would answer differently/);
  const missing = await send(page, 'GET', `${base}/orders`);
  assert.equal(missing.status, 403);
  assert.match(missing.text, /deploy to dev/);
  await page.locator('#map-stage-dev').click();
  await page.getByRole('tab', { name: /^Changes/ }).click();
  await page.getByRole('tabpanel', { name: /^Changes/ }).getByText('/orders').first().waitFor();
  await accessible(page);
  await shot(page, 'story-4-changed');

  // 5. Deploy again; promote; roll back; variables per stage.
  await deploy(page, async (dialog) => dialog.getByLabel('Stage', { exact: true }).selectOption('dev'));
  assert.match(await sentences(page), /Stage dev points at deployment D2/);
  assert.equal((await send(page, 'GET', `${base}/orders`)).status, 200);
  await page.getByRole('button', { name: 'Create stage' }).first().click();
  const stage = page.getByRole('dialog', { name: 'Create stage' });
  await stage.getByLabel('Stage name').fill('prod');
  await stage.getByRole('button', { name: 'Create stage' }).click();
  await stage.waitFor({ state: 'detached' });
  assert.match(await sentences(page), /Stage prod points at deployment D2/);
  await page.locator('#map-stage-dev').click();
  await tab(page, 'Deployment history').click();
  await page.getByRole('radio', { name: /D1/ }).check();
  await page.getByRole('button', { name: 'Change active deployment' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Change active deployment' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.match(await sentences(page), /Stage dev points at deployment D1/);
  const dev = await send(page, 'GET', `${host}/dev/users`);
  const prod = await send(page, 'GET', `${host}/prod/users`);
  assert.deepEqual([dev.by, JSON.parse(dev.body).users.length], ['answered by D1', 2]);
  assert.deepEqual([prod.by, JSON.parse(prod.body)], ['answered by D2', { users: [], greeting: '' }]);
  await page.locator('#map-stage-prod').click();
  await tab(page, 'Variables').click();
  await page.getByLabel('Name', { exact: true }).fill('greeting');
  await page.getByLabel('Value', { exact: true }).fill('hello');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  assert.equal(JSON.parse((await send(page, 'GET', `${host}/prod/users`)).body).greeting, 'hello', 'a variable acts at once');
  await accessible(page);
  await shot(page, 'story-5-two-stages');

  // 6. A refusal, undo and redo, and a closed tab.
  await page.locator('[id^=map-deployment-]').first().click();
  const described = await page.evaluate(async () => {
    const api = (await stagecraft.request({ method: 'GET', path: '/restapis' })).body.item[0].id;
    const stages = (await stagecraft.request({ method: 'GET', path: `/restapis/${api}/stages` })).body.item;
    return stagecraft.request({ method: 'DELETE', path: `/restapis/${api}/deployments/${stages[0].deploymentId}` });
  });
  assert.deepEqual([described.status, described.body.message], [400, 'Active stages pointing to this deployment must be moved or deleted']);
  await page.keyboard.press('Control+z');
  assert.equal(JSON.parse((await send(page, 'GET', `${host}/prod/users`)).body).greeting, '', 'the variable is taken back');
  await page.locator('#map').focus();
  await page.keyboard.press('Control+z');
  await page.waitForFunction(() => /Stage dev points at deployment D2/.test(document.getElementById('map-sentences').textContent));
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+Shift+z');
  await page.waitForFunction(() => /Stage dev points at deployment D1/.test(document.getElementById('map-sentences').textContent));
  assert.equal(JSON.parse((await send(page, 'GET', `${host}/prod/users`)).body).greeting, 'hello');
  const before = await sentences(page);
  const address = page.url();
  await page.close();
  const again = await context.newPage();
  await again.goto(address);
  await started(again);
  await again.waitForSelector('#map-stage-prod');
  assert.equal(await sentences(again), before, 'everything is there again');
});

journey('the same on a phone: deploy, call, and look at the map', { viewport: NARROW }, async ({ page, open }) => {
  await open();
  await deploy(page, (dialog) => dialog.getByLabel('Stage name').fill('dev'));
  await page.locator('.url-group').first().getByRole('button', { name: /^Call/ }).first().click();
  await page.getByText('answered by D1', { exact: true }).waitFor();
  await accessible(page);
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Map' }).click();
  await page.locator('#map-stage-dev').waitFor();
  await accessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(overflow, 0, 'nothing sticks out at the side');
  await shot(page, 'story-phone');
});
