// The console: what a line does the page shows, what is wrong is said where, and the keyboard does it all.

import assert from 'node:assert/strict';
import { NARROW, accessible, atRest, journey, reads, shot, started } from './support.mjs';

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
  const types = async (text) => { await page.keyboard.type(text); await atRest(page); };
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

const url = (page) => page.getByRole('combobox', { name: 'URL', exact: true });

journey('what is typed after choosing a tab is text, not a row of commands', async ({ page, open }) => {
  await open();
  // By mouse: the line has the focus. The first letters come before it is even drawn.
  await page.getByRole('tab', { name: 'Console' }).click();
  await page.keyboard.type('aws apigateway get-rest-apis');
  assert.equal(await field(page).inputValue(), 'aws apigateway get-rest-apis');
  await page.getByRole('button', { name: 'Run' }).click();
  await reads(last(page), /UsersAPI/);
  await page.keyboard.type('curl');
  assert.equal(await field(page).inputValue(), 'curl', 'after Run the next line is typed');

  await page.getByRole('tab', { name: 'Request' }).click();
  await page.keyboard.type('https://d.r.m.s/');
  assert.equal(await url(page).inputValue(), 'https://d.r.m.s/');

  // By keyboard: the arrows stay on the tabs, so that all of them can be reached, and a letter goes where it belongs.
  await page.getByRole('tab', { name: 'Request' }).focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Console');
  await page.keyboard.type(' status');
  assert.equal(await field(page).inputValue(), 'curlstatus', 'a space on a tab chooses it');
  await page.getByRole('tab', { name: 'Console' }).focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'History');
  assert.equal(await page.getByRole('dialog').count(), 0);

  // On the tab of a list nobody types, and keys are commands.
  await page.keyboard.press('d');
  await page.getByRole('dialog', { name: /Deploy API/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await page.waitForFunction(() => document.activeElement?.id === 'request-url');
});

journey('single keys can be switched off by keyboard, and stay off', async ({ page, open }) => {
  await open();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.getByRole('checkbox', { name: 'Single keys run commands' }).focus();
  await page.keyboard.press('Space');
  await dialog.getByText('Deploy API', { exact: true }).waitFor({ state: 'detached' });
  await dialog.getByText('Undo', { exact: true }).waitFor();
  await accessible(page);
  await shot(page, 'shortcuts-off');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  const off = async () => {
    for (const key of ['d', 'r', 'm', 's', '2', '?', '`']) await page.keyboard.press(key);
    await atRest(page);
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.equal(await page.getByRole('tab', { name: 'Resources' }).getAttribute('aria-selected'), 'true');
  };
  await off();
  assert.equal(await page.getByRole('button', { name: 'Deploy API', exact: true }).first().getAttribute('title'), 'Deploy API');
  await page.reload();
  await started(page);
  await off();
  // The palette has keys that nobody types by accident; there they are switched on again.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('single');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('Single-key shortcuts are on.').waitFor({ state: 'attached' });
  await page.keyboard.press('d');
  await page.getByRole('dialog', { name: /Deploy API/ }).waitFor();
});
