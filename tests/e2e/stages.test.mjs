// Deploying, and what stages do with deployments: URLs, promotion, rollback, variables, and what is refused.

import assert from 'node:assert/strict';
import { accessible, journey, reads, shot } from './support.mjs';

const tab = (page, name) => page.getByRole('tab', { name, exact: typeof name === 'string' });
const card = (page, stage) => page.getByRole('region', { name: `Stage details: ${stage}` });
const deployments = (page) => page.getByRole('list', { name: 'Deployments, newest first' }).locator(':scope > li');
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

// Deploys with the dialog; `stage` is a new stage's name, or `{ existing }`, or nothing for "No stage".
async function deploy(page, stage, description = '') {
  await page.getByRole('button', { name: 'Deploy API' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Deploy API' });
  const choice = typeof stage === 'string' ? '*new' : stage?.existing ?? '*none';
  await dialog.getByLabel('Stage', { exact: true }).selectOption(choice);
  if (typeof stage === 'string') await dialog.getByLabel('Stage name').fill(stage);
  await dialog.getByLabel('Deployment description').fill(description);
  await dialog.getByRole('button', { name: 'Deploy', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

// Calls a method from the list of URLs, and says who answered.
async function call(page, path, verb) {
  const group = page.locator('.url-group').filter({ has: page.getByRole('heading', { name: path, exact: true }) });
  await group.getByRole('listitem').filter({ hasText: verb }).getByRole('button', { name: 'Call' }).click();
}

// Gives a method's answer another template, in the working copy.
async function edit(page, method, template) {
  await tab(page, 'Resources').click();
  await page.getByRole('treeitem', { name: method, exact: true }).click();
  await tab(page, 'Responses').click();
  const field = page.getByLabel(/^Response template/);
  await field.fill(template);
  await field.press('Control+s');
}

// The body of the latest answer.
const answers = (page, body) => page.getByRole('region', { name: 'Calls and history' }).getByText(body).first().waitFor();

const answeredBy = (page, name) => page.getByText(`answered by ${name}`, { exact: true }).waitFor();

journey('the API is deployed to a new stage by keyboard, and its URLs are listed', async ({ page, open }) => {
  await open();
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Deploy API' });
  await dialog.waitFor();
  assert.equal(await dialog.getByLabel('Stage', { exact: true }).inputValue(), '*new');
  await reads(dialog, /First deployment: 5 methods/);
  await accessible(page);
  await shot(page, 'deploy-first');
  await page.keyboard.press('Tab');
  await page.keyboard.type('dev!');
  await reads(dialog.getByRole('alert'), /Stage name only allows a-zA-Z0-9_/);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await card(page, 'dev').waitFor();
  await page.getByText('Successfully created deployment for UsersAPI. This deployment is active for dev.').waitFor();
  // The focus goes where the result is.
  await page.waitForFunction(() => document.activeElement?.id === 'stage-title');
  const urls = await page.locator('.url-group .url-text').allInnerTexts();
  const host = /^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com\/dev/;
  assert.ok(urls.every((url) => host.test(url)), urls.join('\n'));
  assert.deepEqual(urls.map((url) => url.replace(host, '')), ['/', '/users', '/users/u1']);
  await accessible(page);
  await shot(page, 'stage-urls');
});

journey('what there was to do about a stage that did not exist is over once it does', async ({ page, open }) => {
  await open();
  await deploy(page, 'dev');
  await page.evaluate(async () => {
    await stagecraft.run('api=$(aws apigateway get-rest-apis --query "items[0].id" --output text)');
    await stagecraft.run('curl https://$api.execute-api.us-east-1.amazonaws.com/prod/users');
  });
  const calls = page.getByRole('region', { name: 'Calls and history' });
  await reads(calls, /403[^]*What to do: /);
  await page.evaluate(() => stagecraft.run('aws apigateway create-stage --rest-api-id $api --stage-name prod --deployment-id $(aws apigateway get-deployments --rest-api-id $api --query "items[0].id" --output text)'));
  await reads(calls, /There is a stage prod now: this answer is from before\./);
  assert.doesNotMatch(await calls.innerText(), /What to do: /);
  await calls.getByRole('button', { name: 'Send again' }).click();
  await answeredBy(page, 'D1');
  await reads(calls, /^(?!.*this answer is from before)/s);
});

journey('a URL is copied as it stands, as a curl line, and called', async ({ page, open }) => {
  await open();
  await deploy(page, 'dev');
  await card(page, 'dev').getByRole('button', { name: 'Copy invoke URL' }).click();
  await page.getByText('Invoke URL copied').waitFor();
  const base = await clipboard(page);
  assert.match(base, /^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com\/dev$/);
  await page.getByLabel('userId =').fill('ada/x');
  await page.getByRole('button', { name: 'Copy URL of /users/{userId}' }).click();
  await page.getByText('URL copied', { exact: true }).waitFor();
  assert.equal(await clipboard(page), `${base}/users/ada%2Fx`);
  await page.locator('.url-group').nth(1).getByRole('button', { name: 'curl' }).nth(1).click();
  await page.getByText('curl line copied').waitFor();
  assert.equal(await clipboard(page), `curl -X POST '${base}/users' -H 'Content-Type: application/json' --data-raw '{}'`);
  await call(page, '/users', 'GET');
  await answeredBy(page, 'D1');
  await page.getByLabel('userId =').fill('');
  const blocked = page.locator('.url-group').nth(2).getByRole('button', { name: 'Call' }).first();
  assert.equal(await blocked.getAttribute('aria-disabled'), 'true');
  assert.equal(await blocked.getAttribute('title'), 'Fill in userId first');
});

journey('a deployment is promoted, rolled back, undone and redone', async ({ page, open }) => {
  await open();
  await deploy(page, 'dev', 'first');
  await deploy(page, { existing: 'dev' }, 'second');
  await reads(card(page, 'dev'), /D2/);

  // Promotion: prod points at what dev serves.
  await page.getByRole('button', { name: 'Create stage' }).first().click();
  const create = page.getByRole('dialog', { name: 'Create stage' });
  await accessible(page);
  await create.getByLabel('Stage name').fill('dev');
  await page.keyboard.press('Enter');
  await reads(create.getByRole('alert'), /Stage already exists/);
  await create.getByLabel('Stage name').fill('prod');
  await reads(create.getByLabel('Deployment').locator('option:checked'), /^D2 · .*\(UTC\) · second$/);
  await create.getByRole('button', { name: 'Create stage' }).click();
  await card(page, 'prod').waitFor();
  await reads(card(page, 'prod'), /D2/);

  // Rollback, by keyboard.
  await page.getByRole('link', { name: /^dev/ }).click();
  await tab(page, 'Deployment history').click();
  await accessible(page);
  const change = page.getByRole('button', { name: 'Change active deployment' });
  assert.equal(await change.getAttribute('title'), 'Choose another deployment first');
  await page.getByRole('radio', { name: /D2/ }).focus();
  await page.keyboard.press('ArrowDown');
  await change.click();
  const question = page.getByRole('dialog', { name: 'Change active deployment' });
  await reads(question, /dev points at D2 now and will point at D1/);
  await reads(question, /Nothing: D2 and D1 hold the same/);
  await accessible(page);
  await question.getByRole('button', { name: 'Change active deployment' }).click();
  await question.waitFor({ state: 'detached' });
  const active = (name) => card(page, 'dev').getByText(name, { exact: true }).waitFor();
  await active('D1');
  await shot(page, 'stage-history');

  await page.keyboard.press('Control+z');
  await active('D2');
  await page.keyboard.press('Control+Shift+z');
  await active('D1');
});

journey('an edit reaches callers by a deployment, and leaves them by a rollback', async ({ page, open }) => {
  await open();
  await deploy(page, 'dev');
  await edit(page, 'GET /users', '{ "served": "for $stageVariables.env" }');

  // The stage still answers as before, and says what it lacks.
  await tab(page, 'Stages').click();
  await page.getByRole('link', { name: /^dev D1 1 change not deployed/ }).click();
  await call(page, '/users', 'GET');
  await answeredBy(page, 'D1');
  await answers(page, /Ada Lovelace/);
  await tab(page, 'Changes (1)').click();
  const panel = page.getByRole('tabpanel', { name: 'Changes (1)' });
  await reads(panel, /1 change between what dev serves, D1, and the working copy/);
  await reads(panel.locator('.diff-change'), /^±\s*Response template 200 application\/json changed/);
  await reads(panel.locator('.diff-side.removed .mark').first(), /^− /);
  await reads(panel.locator('.diff-side.added .mark'), /^\+ \{ "served"/);
  await accessible(page);
  await shot(page, 'stage-changes');

  // Deployed, it answers, and a variable acts at once.
  await panel.getByRole('button', { name: 'Deploy to dev' }).click();
  const dialog = page.getByRole('dialog', { name: 'Deploy API' });
  assert.equal(await dialog.getByLabel('Stage', { exact: true }).inputValue(), 'dev');
  await reads(dialog, /D2 brings 1 change to dev, which serves D1 now\./);
  await accessible(page);
  await shot(page, 'deploy-changes');
  await dialog.getByRole('button', { name: 'Deploy', exact: true }).click();

  // The answer that is still shown is from before, and says so in the place of what was to be done.
  const answer = page.getByRole('region', { name: 'Answer', exact: true });
  await reads(answer, /dev points at D2 now: this answer is from before, when D1 gave it\./);
  assert.doesNotMatch(await answer.innerText(), /would answer differently/);
  await answer.getByRole('button', { name: 'Send again' }).click();
  await answeredBy(page, 'D2');
  await page.waitForFunction(() => document.activeElement?.id === 'answer');
  await reads(answer, /^(?!.*this answer is from before)/s);
  for (const colour of ['blue', 'green']) {
    await tab(page, 'Variables').click();
    if (colour === 'blue') await page.getByLabel('Name', { exact: true }).fill('env');
    await page.getByLabel(colour === 'blue' ? 'Value' : 'env', { exact: true }).fill(colour);
    await page.keyboard.press('Enter');
    await tab(page, 'URLs').click();
    await call(page, '/users', 'GET');
    await answeredBy(page, 'D2');
    await answers(page, new RegExp(`"served": "for ${colour}"`));
  }

  // Two stages on two deployments.
  await page.getByRole('button', { name: 'Create stage' }).first().click();
  await page.getByRole('dialog').getByLabel('Stage name').fill('prod');
  await page.keyboard.press('Enter');
  await card(page, 'prod').waitFor();
  await page.getByRole('link', { name: /^dev/ }).click();
  await tab(page, 'Deployment history').click();
  await page.getByRole('radio', { name: /D1/ }).check();
  await page.getByRole('button', { name: 'Change active deployment' }).click();
  const question = page.getByRole('dialog', { name: 'Change active deployment' });
  await reads(question, /dev points at D2 now and will point at D1/);
  await reads(question, /Response template 200 application\/json changed/);
  await accessible(page);
  await shot(page, 'rollback');
  await question.getByRole('button', { name: 'Change active deployment' }).click();
  for (const [stage, deployment, body] of [['dev', 'D1', /Ada Lovelace/], ['prod', 'D2', /"served": "for "/]]) {
    await page.getByRole('link', { name: new RegExp(`^${stage}`) }).click();
    await tab(page, 'URLs').click();
    await call(page, '/users', 'GET');
    await answeredBy(page, deployment);
    await answers(page, body);
  }
});

journey('a deployment that would be refused says why before it is tried', async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: 'UsersAPI', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Create API' }).click();
  await page.getByLabel('API name').fill('Empty');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Empty', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Deploy API' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Deploy API' });
  await reads(dialog, /The REST API doesn't contain any methods/);
  const button = dialog.getByRole('button', { name: 'Deploy', exact: true });
  assert.equal(await button.getAttribute('aria-disabled'), 'true');
  await accessible(page);
  await shot(page, 'deploy-refused');
  await dialog.getByRole('link', { name: 'Go to Resources' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('tree', { name: 'Resources' }).waitFor();
});

journey('a method without integration keeps an API from being deployed, and is one click away', async ({ page, open }) => {
  await open();
  await page.evaluate(async () => {
    const { stagecraft } = globalThis;
    const api = (await stagecraft.request({ method: 'GET', path: '/restapis' })).body.item[0];
    const path = `/restapis/${api.id}/resources/${api.rootResourceId}/methods/PUT`;
    await stagecraft.request({ method: 'PUT', path, body: { authorizationType: 'NONE' } });
  });
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: 'Deploy API' });
  await reads(dialog, /No integration defined for method Give each of these an integration/);
  assert.equal(await dialog.getByRole('button', { name: 'Deploy', exact: true }).getAttribute('aria-disabled'), 'true');
  await accessible(page);
  await dialog.getByRole('link', { name: 'PUT /', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'PUT /', exact: true }).waitFor();
});

journey('a stage variable is edited in place, and a wrong one is refused at its field', async ({ page, open }) => {
  await open();
  await deploy(page, 'dev');
  await tab(page, 'Variables').click();
  await page.getByLabel('Name', { exact: true }).fill('env');
  await page.getByLabel('Value', { exact: true }).fill('a b');
  await page.keyboard.press('Enter');
  const value = page.getByLabel('Value', { exact: true });
  assert.equal(await value.getAttribute('aria-invalid'), 'true');
  await reads(page.locator('#variable-error'), /Invalid stage variable value: a b/);
  await accessible(page);
  await value.fill('blue');
  await page.keyboard.press('Enter');
  const row = page.getByLabel('env', { exact: true });
  assert.equal(await row.inputValue(), 'blue');
  await reads(card(page, 'dev'), /D1/);
  await row.fill('no way');
  await page.keyboard.press('Tab');
  await reads(page.locator('#variable-env-error'), /Invalid stage variable value: no way/);
  await row.fill('green');
  await page.keyboard.press('Tab');
  await page.locator('#variable-env-error').waitFor({ state: 'detached' });
  await accessible(page);
  await shot(page, 'stage-variables');
  await page.getByRole('button', { name: 'Remove env' }).click();
  await page.getByText('dev has no stage variables.').waitFor();
  await page.locator('h2').first().click();
  await page.keyboard.press('Control+z');
  assert.equal(await row.inputValue(), 'green');
});

journey('deleting what a stage points at is refused, and then is not', async ({ page, open }) => {
  await open();
  await deploy(page, 'dev');
  await deploy(page, undefined, 'on its own');
  await page.getByText('It cannot be called until a stage points to it').first().waitFor();
  await reads(deployments(page).first(), /D2/);
  await accessible(page);

  await deployments(page).nth(1).getByRole('link').first().click();
  await page.getByText('Deleting would be refused: dev points at it.').waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const alert = page.locator('#deployment-error');
  await reads(alert, /^Active stages pointing to this deployment must be moved or deleted The stage dev points to it\./);
  await accessible(page);
  await shot(page, 'deployment-refused');

  await page.getByRole('link', { name: 'dev', exact: true }).click();
  await card(page, 'dev').getByRole('button', { name: 'Delete', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Delete stage dev?' });
  await reads(question, /These URLs will answer 403/);
  await accessible(page);
  await question.getByRole('button', { name: 'Delete stage' }).click();
  await page.getByText('No stages yet').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'stages-title', 'the focus stays on the screen');

  await tab(page, 'Deployments').click();
  await deployments(page).nth(1).getByRole('link').first().click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog', { name: 'Delete deployment D1?' }).getByRole('button', { name: 'Delete deployment' }).click();
  await page.getByText('Deleted deployment D1.').waitFor();
  assert.equal(await deployments(page).count(), 1);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  assert.equal(await deployments(page).count(), 2);
  await tab(page, 'Stages').click();
  await page.getByRole('link', { name: /^dev/ }).waitFor();
  await accessible(page);
});

journey('a description is edited, and hostile text is shown as text', async ({ page, open }) => {
  await open();
  const hostile = '<img src=x onerror="globalThis.hit = true">\'"&amp;';
  await deploy(page, 'dev', hostile);
  await card(page, 'dev').getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('dialog', { name: 'Edit stage dev' }).getByLabel('Stage description').fill(hostile);
  await page.keyboard.press('Enter');
  await card(page, 'dev').getByText(hostile, { exact: true }).waitFor();
  await tab(page, 'Deployments').click();
  await deployments(page).first().getByRole('link').first().click();
  await deployments(page).first().getByText(hostile, { exact: true }).waitFor();
  await deployments(page).first().getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Describe D1' });
  assert.equal(await dialog.getByLabel('Deployment description').inputValue(), hostile);
  await dialog.getByLabel('Deployment description').fill('a better one');
  await page.keyboard.press('Enter');
  await deployments(page).first().getByText('a better one').waitFor();
  assert.equal(await page.evaluate(() => globalThis.hit), undefined);
});
