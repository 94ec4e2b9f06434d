// Looking back: the whole page as it was at a moment, and the ways on from there.

import assert from 'node:assert/strict';
import { NARROW, accessible, atRest, journey, reads, shot } from './support.mjs';

const run = (page, text) => page.evaluate((text) => stagecraft.run(text), text);
const api = async (page) => (await run(page, "aws apigateway get-rest-apis --query 'items[0].id' --output text")).stdout.trim();
const history = (page) => page.getByRole('tab', { name: 'History', exact: true }).click();
const scrubber = (page) => page.getByRole('slider', { name: 'Look back' });
const banner = (page) => page.getByRole('region', { name: 'Earlier moment' });
const sentences = (page) => page.locator('#map-sentences');

// A workspace with dev on D1, a change of GET /users, and dev on D2.
async function story(page) {
  const id = await api(page);
  const { exitCode } = await run(page, `API=${id}
aws apigateway create-deployment --rest-api-id $API --stage-name dev --description first
USERS=$(aws apigateway get-resources --rest-api-id $API --query "items[?path=='/users'].id" --output text)
aws apigateway put-integration-response --rest-api-id $API --resource-id $USERS --http-method GET --status-code 200 --response-templates '{"application/json": "second"}'
aws apigateway create-deployment --rest-api-id $API --stage-name dev --description second`);
  assert.equal(exitCode, 0);
  return id;
}

const operations = async (page) => Number(await scrubber(page).getAttribute('max'));

journey('the page looks back by keyboard, and forward to now again', async ({ page, open }) => {
  await open();
  const id = await story(page);
  await history(page);
  const all = await operations(page);
  assert.equal(await scrubber(page).inputValue(), String(all));
  await scrubber(page).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await reads(banner(page), new RegExp(`Looking back: moment ${all - 2} of ${all}\\.[^]*Deployed D1 to dev\\.`));
  assert.match(await scrubber(page).getAttribute('aria-valuetext'), new RegExp(`^Moment ${all - 2} of ${all}: Deployed D1 to dev, `));
  await reads(sentences(page), /Stage dev points at deployment D1, up to date with the working copy/);
  assert.doesNotMatch(await sentences(page).innerText(), /D2/);
  await accessible(page);
  await shot(page, 'time-past');

  // Calls and reads answer from that moment, and leave nothing behind in the present one.
  const url = `https://${id}.execute-api.us-east-1.amazonaws.com/dev/users`;
  const then = await page.evaluate((url) => stagecraft.invoke({ url }), url);
  assert.match(then.body, /Ada Lovelace/);
  const read = await run(page, `aws apigateway get-deployments --rest-api-id ${id} --query 'items[].description' --output text`);
  assert.deepEqual([read.exitCode, read.stdout.trim()], [0, 'first']);

  await scrubber(page).focus();
  await page.keyboard.press('End');
  await banner(page).waitFor({ state: 'detached' });
  await reads(sentences(page), /Stage dev points at deployment D2/);
  const now = await page.evaluate((url) => stagecraft.invoke({ url }), url);
  assert.equal(now.body, 'second');
});

journey('nothing changes an earlier moment, and each way in says what to do', async ({ page, open }) => {
  await open();
  const id = await story(page);
  await history(page);
  const all = await operations(page);
  await page.locator('.history li').nth(1).getByRole('button', { name: 'Look' }).click();
  await reads(banner(page), new RegExp(`moment ${all - 1} of ${all}`));

  const line = await run(page, `aws apigateway delete-stage --rest-api-id ${id} --stage-name dev`);
  assert.equal(line.exitCode, 254);
  assert.match(line.stderr, /Stagecraft shows an earlier moment of this workspace, and nothing can be changed there\./);
  const script = await page.evaluate((id) => stagecraft.request({ method: 'DELETE', path: `/restapis/${id}/stages/dev` }).catch(String), id);
  assert.match(script, /Go back to now first/);
  assert.match(await page.evaluate(() => stagecraft.reset().catch(String)), /Go back to now first/);

  // Keys and buttons.
  await page.keyboard.press('Control+z');
  await page.getByText('This is an earlier moment: go back to now first').first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Deploy API' }).first().getAttribute('aria-disabled'), 'true');
  await page.getByRole('tab', { name: 'Stages', exact: true }).click();
  await page.getByRole('button', { name: 'Delete', exact: false }).first().click();
  await atRest(page);
  assert.equal(await page.getByRole('dialog').count(), 0);
  // A form.
  await page.getByRole('tab', { name: 'Settings', exact: true }).click();
  await page.getByLabel('Region').and(page.locator('[readonly]')).waitFor();
  await accessible(page);

  await banner(page).getByRole('button', { name: 'Back to now' }).click();
  await banner(page).waitFor({ state: 'detached' });
  await history(page);
  assert.equal(await operations(page), all, 'looking has added nothing to the log');
  await page.reload();
  await history(page);
  await reads(page.locator('.history'), new RegExp(`${all} operations`));
});

journey('in an earlier moment what can be read stays, and nothing invites to change it', { viewport: NARROW }, async ({ page, open }) => {
  await open();
  const id = await story(page);
  await run(page, `aws apigateway update-stage --rest-api-id ${id} --stage-name dev --patch-operations op=replace,path=/variables/color,value=blue
aws apigateway create-api-key --name partner --enabled`);
  const resources = await run(page, `aws apigateway get-resources --rest-api-id ${id} --query "items[?path=='/users'].id" --output text`);
  const users = resources.stdout.trim();
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await history(page);
  const length = await operations(page);
  await scrubber(page).focus();
  await page.keyboard.press('ArrowLeft');
  await reads(banner(page), new RegExp(`moment ${length - 1} of ${length}[^]*Nothing can be changed here`));

  // Whatever could write is blocked, whatever can be read can be reached.
  const frozen = async (what) => {
    await atRest(page);
    const open = await page.locator('#editor-panel').evaluate((panel) => {
      const fields = [...panel.querySelectorAll('input, textarea, select')];
      const reading = ['compare-with', 'url-base'];
      return fields.filter((field) => !(field.readOnly || field.disabled || field.type === 'search' || field.type === 'radio' || reading.includes(field.id))).map((field) => field.id);
    });
    assert.deepEqual(open, [], what);
  };
  const blocked = async (name) => {
    const button = page.locator('#editor-panel').getByRole('button', { name }).first();
    assert.equal(await button.getAttribute('aria-disabled'), 'true', `${name} is blocked`);
    assert.equal(await button.getAttribute('title'), 'This is an earlier moment: go back to now first');
  };
  const show = (hash) => page.evaluate((hash) => { location.hash = hash; }, hash);
  await page.getByRole('button', { name: 'Edit', exact: true }).first().click();

  await show(`#/${id}/resources/${users}/GET/responses`);
  await page.getByLabel(/^Response template/).first().waitFor();
  await frozen('the answer of a method');
  for (const name of ['Delete method', 'Add template', /^Delete response/]) await blocked(name);
  const template = page.getByLabel(/^Response template/).first();
  await template.focus();
  await page.keyboard.type('nothing');
  assert.match(await template.inputValue(), /second/, 'a text can be read and copied, and stays');
  await accessible(page);
  await shot(page, 'time-past-editor');

  await show(`#/${id}/resources/${users}/GET/integration`);
  await page.getByLabel('Integration type').waitFor();
  await frozen('an integration');
  assert.equal(await page.getByLabel('Integration type').isDisabled(), true);

  await show(`#/${id}/stages/dev/variables`);
  await page.getByRole('textbox', { name: 'color' }).waitFor();
  await frozen('stage variables');
  for (const name of ['Remove color', 'Add', 'Edit', 'Delete']) await blocked(name);
  await page.getByText('Logs and tracing').first().click();
  await frozen('the settings of a stage');

  await show(`#/${id}/settings`);
  await page.getByLabel('API name').waitFor();
  await frozen('settings');
  await blocked(/^Delete UsersAPI/);
  await show(`#/${id}/keys`);
  await page.getByText('No API key yet').waitFor();
  await blocked('Create API key');
  assert.equal(await page.getByText('Import API keys').count(), 0);

  // Back to now everything can be changed again.
  await banner(page).getByRole('button', { name: 'Back to now' }).click();
  await banner(page).waitFor({ state: 'detached' });
  await show(`#/${id}/settings`);
  await page.getByLabel('API name').fill('Renamed');
  await page.keyboard.press('Enter');
  await reads(sentences(page), /Renamed/);
});

journey('an earlier moment is restored, and undo takes that back', async ({ page, open }) => {
  await open();
  await story(page);
  await history(page);
  const all = await operations(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('look back');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'moment');
  for (let steps = 0; steps < 2; steps += 1) await page.keyboard.press('ArrowLeft');
  await banner(page).getByText('What it changed').click();
  await reads(banner(page), /Deployment D1 was made/);
  await banner(page).getByRole('button', { name: 'Restore' }).click();
  await banner(page).waitFor({ state: 'detached' });
  await reads(sentences(page), /Stage dev points at deployment D1/);
  assert.equal(await operations(page), all + 1);
  await page.keyboard.press('Control+z');
  await reads(sentences(page), /Stage dev points at deployment D2/);
});

journey('an earlier moment becomes a workspace of its own, and the present one stays', { viewport: NARROW }, async ({ page, open }) => {
  await open();
  await story(page);
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await history(page);
  const all = await operations(page);
  await scrubber(page).focus();
  for (let steps = 0; steps < 2; steps += 1) await page.keyboard.press('ArrowLeft');
  await reads(banner(page), /Deployed D1 to dev/);
  await accessible(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await page.getByRole('button', { name: 'Map', exact: true }).click();
  await shot(page, 'time-past-map');
  await banner(page).getByRole('button', { name: 'Later' }).click();
  await reads(banner(page), new RegExp(`moment ${all - 1} of ${all}`));
  await banner(page).getByRole('button', { name: 'Earlier' }).click();
  await banner(page).getByRole('button', { name: 'Fork' }).click();
  await page.getByText('is a workspace of its own now').waitFor();
  await reads(sentences(page), /Stage dev points at deployment D1/);
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  assert.equal(await operations(page), all - 2);
  await page.evaluate(() => stagecraft.run('aws apigateway create-rest-api --name Forked'));
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Workspaces' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('My workspace', { exact: true }).waitFor();
  await dialog.getByText(`My workspace (moment ${all - 2})`).waitFor();
});

const compare = (page) => page.getByRole('region', { name: 'Compare' });

journey('two versions are compared side by side, and the address holds which', async ({ page, open, base }) => {
  await open();
  const id = await story(page);
  await run(page, `aws apigateway create-stage --rest-api-id ${id} --stage-name prod --variables color=blue --deployment-id $(aws apigateway get-deployments --rest-api-id ${id} --query "items[?description=='first'].id" --output text)`);
  // From the palette, with what is selected.
  await page.getByRole('tab', { name: 'Stages', exact: true }).click();
  await page.getByRole('link', { name: /^prod/ }).first().click();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('compare');
  await page.keyboard.press('Enter');
  await reads(compare(page), /From stage prod to the working copy: 1 change \(changed\)\.[^]*GET\s*\/users[^]*Response template 200 application\/json changed/);
  await page.waitForFunction((id) => location.hash === `#/${id}/compare/stage:prod/working-copy`, id);
  await reads(compare(page).locator('.diff-side').first(), /^stage prod[^]*Ada Lovelace/);
  await reads(compare(page).locator('.diff-side').nth(1), /^the working copy[^]*second/);
  await accessible(page);

  // Two stages: what is frozen, and what acts at once.
  await page.getByLabel('To', { exact: true }).selectOption('stage:dev');
  await reads(compare(page), /From stage prod to stage dev: 2 changes \(2 changed\)\.[^]*acts at once[^]*variables\.color[^]*blue/);
  await shot(page, 'compare-stages');
  await compare(page).getByRole('button', { name: 'Swap' }).click();
  await reads(compare(page), /From stage dev to stage prod/);
  await page.goBack();
  await reads(compare(page), /From stage prod to stage dev/);
  // The address follows before anything is painted: going back at once is going back to here, too.
  const swap = compare(page).getByRole('button', { name: 'Swap' });
  assert.equal(await swap.evaluate((button) => { button.click(); return location.hash; }), `#/${id}/compare/stage:dev/stage:prod`);
  await page.goBack();
  await reads(compare(page), /From stage prod to stage dev/);

  // Two moments, from the history's end to its beginning, and one that was never.
  await page.getByLabel('From', { exact: true }).selectOption('moment:24');
  await page.getByLabel('To', { exact: true }).selectOption('moment:27');
  await reads(compare(page), /From moment 24 to moment 27: \d+ changes[^]*Deployment D2 added[^]*Stage dev changed[^]*Stage prod added/);
  await accessible(page);
  await shot(page, 'compare-moments');
  await page.goto(`${base}#/${id}/compare/moment:99/deployment:nope`);
  await reads(compare(page), /There is no moment 99: the history has 27 operations\. Choose another version\./);
  await page.goto(`${base}#/${id}/compare/rubbish/working-copy`);
  await reads(compare(page), /“rubbish” names no version/);
  await accessible(page);
});

journey('a comparison is reached from a deployment, and fits a phone', { viewport: NARROW }, async ({ page, open }) => {
  await open();
  await story(page);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('tab', { name: 'Deployments', exact: true }).click();
  await page.getByRole('link', { name: /^D1/ }).first().click();
  await page.getByRole('link', { name: 'Compare D1 with a stage or a moment' }).click();
  await reads(compare(page), /From D1 to the working copy: 1 change/);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await accessible(page);
});

journey('a part of the history is copied as a script, which looks up what it needs', async ({ page, open }) => {
  await open();
  await story(page);
  await history(page);
  await page.getByRole('button', { name: 'A part of it…' }).click();
  const part = page.getByRole('region', { name: 'A part as a shell script' });
  await part.getByLabel('From operation').fill('25');
  await reads(part, /2 requests, from “Set integration response 200 of GET \/users” to “Deployed D2 to dev”\. What it needs from before is looked up by name/);
  await accessible(page);
  await shot(page, 'script-part');
  await part.getByRole('button', { name: 'Copy this part' }).click();
  await page.getByText('Copied: the script does this part').waitFor();
  const script = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(script, /# Operations 25 to 26 of My workspace\n/);
  assert.match(script, /REST_API_ID=\$\(aws apigateway get-rest-apis --limit 500 --query "items\[\?name=='UsersAPI'\]\.id" --output text\)/);
  assert.match(script, /RESOURCE_ID=\$\(aws apigateway get-resources [^]*items\[\?path=='\/users'\]\.id/);

  // Back to where the part begins, it does the same again.
  await page.locator('.history > ol > li').nth(2).getByRole('button', { name: 'Go back' }).click();
  await reads(sentences(page), /Stage dev points at deployment D1/);
  const ran = await run(page, script);
  assert.deepEqual([ran.exitCode, ran.stderr], [0, '']);
  await reads(sentences(page), /Stage dev points at deployment D2/);

  // What makes no sense says so.
  const copyIt = part.getByRole('button', { name: 'Copy this part' });
  for (const [from, to, why] of [
    ['0', '3', /Give the numbers of two operations/],
    ['5', '3', /must not come after the last/],
    ['x', '', /Give the numbers of two operations/],
    ['27', '27', /There is no request in this part/],
  ]) {
    await part.getByLabel('From operation').fill(from);
    await part.getByLabel('to operation', { exact: true }).fill(to);
    await reads(part, why);
    assert.equal(await copyIt.getAttribute('aria-disabled'), 'true');
  }
  // From an operation's own entry.
  await page.locator('.history > ol > li').nth(1).locator('button.what').click();
  await page.getByRole('button', { name: 'Script up to here' }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'part-to');
});

journey('refused requests stand in the history as CloudTrail keeps them, whoever sent them', async ({ page, open }) => {
  await open();
  const id = await story(page);
  await history(page);
  const all = await operations(page);
  const entries = page.locator('.history > ol > li');
  // A line of the console, a script, and a message that is no request.
  await run(page, `aws apigateway create-stage --rest-api-id ${id} --stage-name dev --deployment-id nope12`);
  await page.evaluate((id) => stagecraft.request({ method: 'DELETE', path: `/restapis/${id}/stages/nowhere` }), id);
  await page.evaluate(() => stagecraft.request({ method: 'POST', path: '/restapis', body: '{' }));
  await page.evaluate(() => stagecraft.request({ method: 'GET', path: '/restapis?mode=nothing' }));
  // And a form: a deployment that a stage points at.
  await page.getByRole('tab', { name: 'Deployments', exact: true }).click();
  await page.getByRole('link', { name: /^D2/ }).first().click();
  await page.locator('.deployment-details').getByRole('button', { name: 'Delete' }).click();
  await reads(entries.first(), /–[^]*Refused: Active stages pointing to this deployment must be moved or deleted[^]*DeleteDeployment[^]*BadRequestException/);
  await reads(entries.nth(1), /Refused: [^]*CreateRestApi[^]*SerializationException/);
  await reads(entries.nth(2), /Refused: Invalid Stage identifier specified[^]*DeleteStage[^]*NotFoundException/);
  await reads(entries.nth(3), /Refused: [^]*CreateStage/);
  await reads(entries.nth(4), new RegExp(`${all}[^]*Deployed D2 to dev`));
  assert.equal(await operations(page), all, 'they change nothing');
  await accessible(page);

  // In the five dialects, with the record.
  await entries.nth(2).locator('button.what').click();
  await reads(page.locator('#same-as-panel'), new RegExp(`^aws apigateway delete-stage --rest-api-id ${id} --stage-name nowhere`));
  for (const [name, text] of [['Console', /console/], ['HTTP', /DELETE \/restapis/], ['boto3', /client\.delete_stage/], ['JavaScript', /DeleteStageCommand/]]) {
    await page.getByRole('tab', { name, exact: true }).and(page.locator('[id^=same-as]')).click();
    await reads(page.locator('#same-as-panel'), text);
  }
  await reads(entries.nth(2), /Answer: 404 NotFoundException, to a script/);
  await page.getByText('As CloudTrail keeps it').click();
  const record = JSON.parse(await entries.nth(2).locator('details pre').last().innerText());
  assert.deepEqual(
    [record.eventName, record.eventSource, record.errorCode, record.errorMessage, record.requestParameters],
    ['DeleteStage', 'apigateway.amazonaws.com', 'NotFoundException', 'Invalid Stage identifier specified', { restApiId: id, stageName: 'nowhere' }],
  );
  await accessible(page);
  await shot(page, 'history-refused');
  await entries.nth(1).locator('button.what').click();
  await reads(entries.nth(1), /could not be read as a request/);

  // They can be left out, and are there again after a reload.
  await page.getByLabel('Show 4 refused requests').uncheck();
  await reads(entries.first(), /Deployed D2 to dev/);
  await page.reload();
  await history(page);
  await reads(entries.nth(2), /Refused: Invalid Stage identifier specified[^]*DeleteStage[^]*NotFoundException/);
  await reads(entries.nth(4), /Deployed D2 to dev/);
});

journey('a copy out of a link looks back, too, and is forked only once it is kept', async ({ page, open }) => {
  await open();
  await story(page);
  await page.getByRole('button', { name: 'Share' }).first().click();
  const hash = new URL(await page.getByRole('textbox', { name: 'Link' }).inputValue()).hash;
  await open(hash);
  await page.reload();
  await page.getByText('You are looking at a shared workspace').waitFor();
  await history(page);
  const all = await operations(page);
  await scrubber(page).focus();
  await page.keyboard.press('ArrowLeft');
  await reads(banner(page), new RegExp(`Looking back: moment ${all - 1} of ${all}`));
  const fork = banner(page).getByRole('button', { name: 'Fork' });
  assert.equal(await fork.getAttribute('aria-disabled'), 'true');
  assert.equal(await fork.getAttribute('title'), 'Keep a copy of the shared workspace first');
  await accessible(page);
  assert.equal(new URL(page.url()).hash, hash, 'the address stays the link');
  await page.getByRole('button', { name: 'Keep a copy' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await reads(banner(page), new RegExp(`moment ${all - 1} of ${all}`), 'the moment stays in sight');
  await fork.click();
  await page.getByText('is a workspace of its own now').waitFor();
  assert.equal(await operations(page), all - 1);
});
