// The console: what a line does the page shows, what is wrong is said where, and the keyboard does it all.

import assert from 'node:assert/strict';
import { NARROW, accessible, journey, reads, settled, shot } from './support.mjs';

const field = (page) => page.getByRole('textbox', { name: 'Console' });
const log = (page) => page.getByRole('log', { name: 'Console output' });
const last = (page) => page.locator('.console-entry').last();

async function run(page, line) {
  await field(page).fill(line);
  await field(page).press('Enter');
}

journey('a line does what the forms do, and the page follows', async ({ page, open }) => {
  await open();
  await page.keyboard.press('`');
  await page.waitForFunction(() => document.activeElement?.id === 'console-line');
  await accessible(page);
  await shot(page, 'console-empty');
  await page.getByRole('button', { name: /^Deploy to a stage/ }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'console-line');
  assert.match(await field(page).inputValue(), /^aws apigateway create-deployment --rest-api-id [a-z0-9]{10} --stage-name dev$/);
  await field(page).press('Enter');
  await reads(last(page), /"id": "[a-z0-9]{6}"/);
  await page.locator('#map-stage-dev').waitFor();
  assert.equal(await field(page).inputValue(), '');

  // A script as a workshop has it, pasted at once.
  await run(page, `API=$(aws apigateway get-rest-apis --query 'items[0].id' --output text)
aws apigateway update-stage --rest-api-id $API --stage-name dev \\
  --patch-operations op=replace,path=/variables/color,value=green > out.json`);
  await reads(last(page), /> is not understood here/);
  await run(page, `API=$(aws apigateway get-rest-apis --query 'items[0].id' --output text) # the first
aws apigateway update-stage --rest-api-id $API --stage-name dev \\
  --patch-operations op=replace,path=/variables/color,value=green --query variables && echo done
curl -i https://$API.execute-api.us-east-1.amazonaws.com/dev/users`);
  await reads(last(page), /"color": "green"[^]*done[^]*HTTP\/2 200[^]*Ada Lovelace/);
  await accessible(page);
  await shot(page, 'console');

  // What a line did is undone like anything else; what was called stands in the request pane, too.
  await page.getByRole('tab', { name: 'Request' }).click();
  await page.getByText('answered by D1', { exact: true }).waitFor();
});

journey('a line that is wrong says where, and changes nothing', async ({ page, open }) => {
  await open();
  await page.keyboard.press('`');
  await run(page, 'aws apigatewy get-rest-apis');
  await reads(last(page), /aws: error: argument command: Invalid choice: apigatewy[^]*Did you mean apigateway\?\s*Exit status 252/);
  assert.equal(await last(page).locator('mark').innerText(), 'apigatewy');
  await run(page, 'aws apigateway delete-stage --rest-api-id nothere123 --stage-name dev');
  await reads(last(page), /An error occurred \(NotFoundException\) when calling the DeleteStage operation: Invalid Stage identifier specified[^]*Exit status 254/);
  await run(page, "echo '<img src=x onerror=alert(1)>'");
  await reads(last(page), /<img src=x onerror=alert\(1\)>/);
  await accessible(page);
  await shot(page, 'console-wrong');
  assert.equal(await page.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled'), 'true', 'nothing was done');
});

journey('Tab completes, arrows bring lines back, and Escape lets Tab leave', async ({ page, open }) => {
  await open();
  await page.keyboard.press('`');
  await page.waitForFunction(() => document.activeElement?.id === 'console-line');
  const types = async (text) => { await page.keyboard.type(text); await settled(page); };
  const has = (text) => page.waitForFunction((text) => document.activeElement?.value === text, text);
  await types('aws a');
  await page.keyboard.press('Tab');
  await has('aws apigateway ');
  await types('get-rest-api');
  await page.keyboard.press('Tab');
  await has('aws apigateway get-rest-apis ');
  await types('--q');
  await page.keyboard.press('Tab');
  await has('aws apigateway get-rest-apis --query ');
  await types('length(items)');
  await page.keyboard.press('Home');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await reads(last(page), /\(.* is not understood here/);
  await page.keyboard.press('ArrowUp');
  await has('aws apigateway get-rest-apis --query length(items)');
  await page.keyboard.press('ArrowDown');
  await has('');

  // Several ways to go on: a list, by keys.
  await types('aws apigateway get-resource --rest-api-id ');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => /--rest-api-id [a-z0-9]{10} $/.test(document.activeElement.value));
  await types('--resource-id ');
  await page.keyboard.press('Tab');
  const offers = page.getByRole('listbox', { name: 'Ways to go on' });
  await offers.getByRole('option', { name: '/users', exact: false }).first().waitFor();
  await accessible(page);
  await shot(page, 'console-completion');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await offers.waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await reads(last(page), /"path": "\/users"/);

  // A variable stands for the id that it holds.
  await types("API=$(aws apigateway get-rest-apis --query 'items[0].id' --output text)");
  await page.keyboard.press('Enter');
  await types('aws apigateway get-resource --rest-api-id $A');
  await page.keyboard.press('Tab');
  await has('aws apigateway get-resource --rest-api-id $API ');
  await types('--resource-id ');
  await page.keyboard.press('Tab');
  await offers.getByRole('option', { name: '/users', exact: false }).first().waitFor();
  await page.keyboard.press('Escape');
  await field(page).fill('');

  // A quote that is open goes on in the next line.
  await types("echo 'one");
  await page.keyboard.press('Enter');
  await types("two'");
  await page.keyboard.press('Enter');
  await reads(last(page), /one\ntwo/);

  await types('aws ');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.activeElement?.textContent === 'Run');
});

journey('scripts run lines, too', async ({ page, open }) => {
  await open();
  const ran = await page.evaluate(async () => [
    await stagecraft.run("aws apigateway get-rest-apis --query 'items[].name' --output text"),
    await stagecraft.run('aws apigateway get-stage --rest-api-id x'),
    await stagecraft.run('aws apigateway get-rest-api --rest-api-id x'),
    await stagecraft.run('echo a; nope'),
    await stagecraft.run(5).catch((error) => error.name),
  ]);
  assert.deepEqual(ran[0], { exitCode: 0, stdout: 'UsersAPI\n', stderr: '' });
  assert.equal(ran[1].exitCode, 252);
  assert.match(ran[1].stderr, /the following arguments are required: --stage-name/);
  assert.deepEqual(ran[2], { exitCode: 254, stdout: '', stderr: 'An error occurred (NotFoundException) when calling the GetRestApi operation: Invalid API identifier specified 123456789012:x\n' });
  assert.deepEqual(ran[3], { exitCode: 127, stdout: 'a\n', stderr: 'nope: command not found\n' });
  assert.equal(ran[4], 'TypeError');
  await page.keyboard.press('`');
  assert.equal(await page.locator('.console-entry').count(), 4, 'they stand in the console');
});

journey('the console fits a phone', { viewport: NARROW }, async ({ page, open }) => {
  await open();
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Call' }).click();
  await page.getByRole('tab', { name: 'Console' }).click();
  await run(page, 'aws apigateway get-rest-apis');
  await reads(log(page), /"name": "UsersAPI"/);
  await accessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(overflow, 0, 'nothing sticks out at the side');
  await shot(page, 'console-phone');
});
