// The canary of a stage: made, tried, promoted and deleted, and how the map shows it.

import assert from 'node:assert/strict';
import { NARROW, WIDE, accessible, atRest, journey, reads, shot } from './support.mjs';

const tab = (page, name) => page.getByRole('tab', { name, exact: typeof name === 'string' });
const card = (page, stage) => page.getByRole('region', { name: `Stage details: ${stage}` });
const panel = (page) => page.getByRole('tabpanel', { name: 'Canary' });
const share = (page) => panel(page).getByLabel('Requests directed to the canary (%)');

// What the control plane says of the stage of the first API.
const stage = (page, name) => page.evaluate(async (stageName) => {
  const { stagecraft } = globalThis;
  const api = (await stagecraft.request({ method: 'GET', path: '/restapis' })).body.item[0];
  return (await stagecraft.request({ method: 'GET', path: `/restapis/${api.id}/stages/${stageName}` })).body;
}, name);

// A stage `prod`, deployed by keyboard; then a resource that is not deployed yet.
async function prepare(page) {
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Deploy API' });
  await dialog.getByLabel('Stage name').fill('prod');
  await page.keyboard.press('Enter');
  await card(page, 'prod').waitFor();
  await page.evaluate(async () => {
    const { stagecraft } = globalThis;
    const api = (await stagecraft.request({ method: 'GET', path: '/restapis' })).body.item[0];
    await stagecraft.request({
      method: 'POST', path: `/restapis/${api.id}/resources/${api.rootResourceId}`, body: { pathPart: 'orders' },
    });
  });
}

// Makes the canary with the form.
async function create(page, percent) {
  await tab(page, 'Canary').click();
  await share(page).fill(percent);
  await page.keyboard.press('Enter');
}

journey('a canary is made by keyboard, takes the next deployment, and is promoted', async ({ page, open }) => {
  await open();
  await prepare(page);
  await tab(page, 'URLs').focus();
  for (const next of ['Variables', 'Deployment history', 'Canary']) {
    await page.keyboard.press('ArrowRight');
    assert.equal(await tab(page, next).getAttribute('aria-selected'), 'true');
  }
  await reads(panel(page), /A canary answers a share of the requests to prod from another deployment/);
  await accessible(page);
  await shot(page, 'canary-none');

  // A share that is none is refused at its field, in AWS's words.
  await share(page).fill('120');
  await page.keyboard.press('Enter');
  await reads(page.locator('#canary-percent-error'), /^Invalid canary percentTraffic specified\. Must be between 0\.0 and 100\.0/);
  assert.equal(await share(page).getAttribute('aria-invalid'), 'true');
  await accessible(page);
  await share(page).fill('10');
  await page.keyboard.press('Enter');
  await page.getByText('Successfully created the canary of prod.').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'canary-title');
  await reads(panel(page), /The canary has the stage's own deployment, D1\. Deploy API to prod/);

  // Deploy API goes to the canary, and says so before.
  await panel(page).getByRole('button', { name: 'Deploy to the canary' }).click();
  const dialog = page.getByRole('dialog', { name: 'Deploy API' });
  await reads(dialog, /prod has a canary: the deployment goes to the canary, which takes 10 % of the requests\./);
  await reads(dialog, /D2 brings 1 change to the canary of prod, which serves D1 now\./);
  await accessible(page);
  await shot(page, 'canary-deploy');
  await dialog.getByRole('button', { name: 'Deploy', exact: true }).click();
  await page.getByText(/This deployment is active for the canary of prod\./).waitFor();
  await reads(card(page, 'prod'), /D1 90 %\s*canary D2 10 %/);
  await tab(page, 'Canary').click();
  await reads(panel(page), /D2 answers 10 % of the requests to prod, by chance, and D1 the others\./);

  // Share and variables act at once.
  await share(page).fill('101');
  await page.keyboard.press('Enter');
  await reads(panel(page).getByRole('alert'), /^Invalid canary percentTraffic specified/);
  await share(page).fill('12.5');
  await page.keyboard.press('Enter');
  await reads(panel(page), /D2 answers 12\.5 % of the requests/);
  await panel(page).getByLabel('Name', { exact: true }).fill('env');
  await page.keyboard.press('Tab');
  await page.keyboard.type('no way');
  await page.keyboard.press('Enter');
  await reads(panel(page).getByRole('alert'), /^Invalid stage variable value: no way/);
  await panel(page).getByLabel('Value', { exact: true }).fill('green');
  await page.keyboard.press('Enter');
  assert.equal(await panel(page).getByLabel('env', { exact: true }).inputValue(), 'green');
  await panel(page).getByLabel('Stage cache').check();
  const { canarySettings } = await stage(page, 'prod');
  assert.deepEqual(
    { ...canarySettings, deploymentId: undefined },
    { percentTraffic: 12.5, stageVariableOverrides: { env: 'green' }, useStageCache: true, deploymentId: undefined },
  );
  await atRest(page);
  await accessible(page);
  await shot(page, 'canary');

  // The map shows both arrows, and says so; the canary's deployment leads to the stage by the arrow keys.
  const node = page.getByRole('button', { name: /^Stage prod points at D1, .* its canary D2 takes 12\.5 % of the requests$/ });
  await node.waitFor();
  assert.match(await page.locator('#map-stage-prod-canary').textContent(), /12\.5 %/);
  assert.equal(await page.locator('#map-stage-prod-edge').count(), 1);
  await page.getByRole('button', { name: /^Deployment D2, .* the canary of prod$/ }).focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'map-stage-prod');
  await page.setViewportSize(NARROW);
  await page.getByRole('button', { name: 'Map', exact: true }).click();
  await atRest(page);
  await accessible(page);
  await shot(page, 'canary-map');
  await page.getByRole('button', { name: 'Edit', exact: true }).first().click();
  await page.setViewportSize(WIDE);

  // Promotion says what it does, and does it.
  await panel(page).getByRole('button', { name: 'Promote canary' }).click();
  const question = page.getByRole('dialog', { name: 'Promote canary' });
  await reads(question, /The canary's share becomes 0 %/);
  await reads(question, /env = green/);
  await reads(question, /prod points at D2 instead of D1\./);
  await accessible(page);
  await shot(page, 'canary-promote');
  await question.getByRole('button', { name: 'Promote canary' }).click();
  await page.getByText('Promoted the canary: prod answers from D2.').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'canary-title');
  const promoted = await stage(page, 'prod');
  assert.equal(promoted.deploymentId, promoted.canarySettings.deploymentId);
  assert.equal(promoted.canarySettings.percentTraffic, 0);
  assert.deepEqual(promoted.variables, { env: 'green' });

  // It stays until it is deleted; undo brings it back.
  await panel(page).getByRole('button', { name: 'Delete canary' }).click();
  const last = page.getByRole('dialog', { name: 'Delete the canary of prod?' });
  await reads(last, /From now on D2 answers every request/);
  await accessible(page);
  await last.getByRole('button', { name: 'Delete canary' }).click();
  await page.getByText('Deleted the canary of prod.', { exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'stage-title');
  await panel(page).getByRole('heading', { name: 'Create canary' }).waitFor();
  await page.keyboard.press('Control+z');
  await panel(page).getByRole('button', { name: 'Promote canary' }).waitFor();
});

journey('a canary of 100 % takes every request, and its tab counts them', async ({ page, open }) => {
  await open();
  await prepare(page);
  await create(page, '100');
  await panel(page).getByRole('button', { name: 'Deploy to the canary' }).click();
  await page.getByRole('dialog', { name: 'Deploy API' }).getByRole('button', { name: 'Deploy', exact: true }).click();
  await page.getByText(/active for the canary of prod/).waitFor();
  const group = page.locator('.url-group').filter({ has: page.getByRole('heading', { name: '/users', exact: true }) });
  await group.getByRole('button', { name: 'Call' }).first().click();
  await page.getByText('answered by D2', { exact: true }).waitFor();
  await tab(page, 'Canary').click();
  await reads(panel(page), /Of 1 request so far the canary took 1\./);
  // All of it goes back to the stage's own deployment at once.
  await share(page).fill('0');
  await page.keyboard.press('Enter');
  await reads(panel(page), /The canary takes no requests: D1 answers all of them\./);
  await tab(page, 'URLs').click();
  await group.getByRole('button', { name: 'Call' }).first().click();
  await page.getByText('answered by D1', { exact: true }).waitFor();
});

journey('cache, throttling, logs and tracing are set in the card of the stage, each refused at its field', async ({ page, open }) => {
  await open();
  await prepare(page);
  const details = card(page, 'prod');
  await details.getByText('Additional settings', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await details.getByLabel('Provision API cache').selectOption('1.6');
  await details.getByLabel('Default method-level caching').selectOption('true');
  const rate = details.getByLabel('Rate (requests per second)');
  await rate.fill('many');
  await page.keyboard.press('Enter');
  await reads(details.getByRole('alert'), /^Invalid value specified for throttling\/rateLimit: many/);
  assert.equal(await rate.getAttribute('aria-invalid'), 'true');
  await rate.fill('20');
  await page.keyboard.press('Tab');
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await atRest(page);
  const { methodSettings, ...first } = await stage(page, 'prod');
  assert.deepEqual([first.cacheClusterEnabled, first.cacheClusterSize], [true, '1.6']);
  const of = methodSettings['*/*'];
  assert.deepEqual([of.cachingEnabled, of.throttlingRateLimit, of.throttlingBurstLimit], [true, 20, 5]);
  await accessible(page);
  await shot(page, 'stage-additional');
  await details.getByText('Additional settings', { exact: true }).click();

  // Execution logs need the account's role; what does not is taken.
  await details.getByText('Logs and tracing', { exact: true }).click();
  await details.getByLabel('CloudWatch logs').selectOption('INFO');
  await reads(details.getByRole('alert'), /CloudWatch Logs role ARN must be set in account settings/);
  await details.getByLabel('CloudWatch logs').selectOption('OFF');
  await details.getByLabel('X-Ray tracing').selectOption('true');
  await details.getByLabel('Detailed metrics').selectOption('true');
  const format = details.getByLabel('Log format');
  await format.fill('$context.status');
  await page.keyboard.press('Enter');
  await reads(details.getByRole('alert'), /^Access Log format must include either \$context\.requestId/);
  await accessible(page);
  await shot(page, 'stage-logs');
  await format.fill('$context.requestId $context.status');
  await page.keyboard.press('Enter');
  await atRest(page);
  const last = await stage(page, 'prod');
  assert.equal(last.tracingEnabled, true);
  assert.equal(last.methodSettings['*/*'].metricsEnabled, true);
  assert.equal(last.accessLogSettings.format, '$context.requestId $context.status');
});
