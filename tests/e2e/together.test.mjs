// The console beside the forms: what a line does an open form shows at once, what a form does the console reads, and the
// history has both. Nothing that is half typed is lost by it.

import assert from 'node:assert/strict';
import { atRest, journey, reads } from './support.mjs';

const tab = (page, name) => page.getByRole('tab', { name, exact: true });
const panel = (page) => page.locator('#editor-panel');
const field = (page) => page.getByRole('textbox', { name: 'Console' });
const last = (page) => page.locator('.console-entry').last();
const value = (locator, wanted) => reads({
  page: () => locator.page(), innerText: () => locator.inputValue(),
}, new RegExp(`^${wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`));

// Types lines into the console and runs them; what they write must be like this.
async function line(page, text, wrote = /^(?![^]*Exit status)/) {
  const count = await page.locator('.console-entry').count();
  await field(page).fill(text);
  await field(page).press('Enter');
  await page.locator('.console-entry').nth(count).waitFor();
  await reads(last(page), wrote, text);
}

// The sample deployed to `dev`, with the console open and $API set.
async function begin(page) {
  await tab(page, 'Console').click();
  await line(page, "API=$(aws apigateway get-rest-apis --query 'items[0].id' --output text)");
  await line(page, 'aws apigateway create-deployment --rest-api-id $API --stage-name dev', /"id"/);
}

// Opens the card of the stage at one of its tabs.
async function stage(page, name) {
  await tab(page, 'Stages').click();
  await page.getByRole('link', { name: /^dev/ }).click();
  const card = page.getByRole('region', { name: 'Stage details: dev' });
  await card.waitFor();
  if (name) await tab(page, name).click();
  return card;
}

// The same line where the console is not open, or would take the focus.
const aside = async (page, text) => assert.deepEqual((await page.evaluate((text) => stagecraft.run(text), text)).stderr, '');

const update = (...patches) => `aws apigateway update-stage --rest-api-id $API --stage-name dev --patch-operations ${patches.join(' ')}`;

// What the history says first: its sentence, and what the request was called.
async function historySays(page, text) {
  await tab(page, 'History').click();
  await reads(page.locator('.history li').first(), text);
  await tab(page, 'Console').click();
}

journey('stage variables: lines and the open form follow each other, and a draft stays', async ({ page, open }) => {
  await open();
  await begin(page);
  await stage(page, 'Variables');
  await reads(panel(page), /dev has no stage variables\./);
  await line(page, update('op=replace,path=/variables/color,value=green', 'op=replace,path=/variables/table,value=one'));
  const [color, table] = ['color', 'table'].map((name) => panel(page).getByLabel(name, { exact: true }));
  await value(color, 'green');

  // Half a word in one field, and half a name in the form for another.
  await table.fill('tw');
  await panel(page).getByLabel('Name', { exact: true }).fill('half');
  await table.focus();
  await table.fill('two');
  await aside(page, update('op=replace,path=/variables/color,value=blue'));
  await value(color, 'blue');
  await value(table, 'two');
  await value(panel(page).getByLabel('Name', { exact: true }), 'half');
  await page.keyboard.press('Enter');
  await line(page, 'aws apigateway get-stage --rest-api-id $API --stage-name dev --query variables --output json', /"color": "blue",\s*"table": "two"/);
  await historySays(page, /Changed variables of dev\s+UpdateStage/);

  // What is refused stays to be mended, until somebody else sets the value.
  await stage(page, 'Variables');
  await color.fill('no way');
  await page.keyboard.press('Enter');
  await reads(panel(page).getByRole('alert'), /Invalid stage variable value: no way/);
  await value(color, 'no way');
  await line(page, update('op=replace,path=/variables/color,value=red'));
  await value(color, 'red');
  await panel(page).getByRole('alert').waitFor({ state: 'detached' });

  await line(page, update('op=remove,path=/variables/color', 'op=remove,path=/variables/table'));
  await reads(panel(page), /dev has no stage variables\./);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await value(color, 'red');
});

journey('a canary: made, changed and deleted by lines under its open form', async ({ page, open }) => {
  await open();
  await begin(page);
  await stage(page, 'Canary');
  await panel(page).getByRole('heading', { name: 'Create canary' }).waitFor();
  // The stage goes on to another deployment: what the form offers first goes with it.
  await line(page, 'aws apigateway create-deployment --rest-api-id $API --stage-name dev --description second', /second/);
  await reads(panel(page).locator('#canary-deployment option:checked'), /^D2.*the stage's own/);
  await line(page, 'aws apigateway create-deployment --rest-api-id $API --stage-name dev --canary-settings percentTraffic=25,stageVariableOverrides={color=green}', /"id"/);
  const share = panel(page).getByLabel('Requests directed to the canary (%)');
  await value(share, '25');
  await reads(panel(page), /D3 answers 25 % of the requests/);
  await value(panel(page).getByLabel('color', { exact: true }), 'green');
  await line(page, update('op=replace,path=/canarySettings/percentTraffic,value=40', 'op=replace,path=/canarySettings/useStageCache,value=true'));
  await value(share, '40');
  assert.equal(await panel(page).getByLabel('Stage cache').isChecked(), true);
  await share.fill('12.5');
  await share.press('Enter');
  await line(page, 'aws apigateway get-stage --rest-api-id $API --stage-name dev --query canarySettings.percentTraffic', /^[^]*12\.5/);
  await line(page, update('op=remove,path=/canarySettings'));
  await panel(page).getByRole('heading', { name: 'Create canary' }).waitFor();
  await historySays(page, /canary[^]*UpdateStage/);
});

journey('settings of a method: a line makes, changes and takes away what the form has open', async ({ page, open }) => {
  await open();
  await begin(page);
  const card = await stage(page);
  await card.getByText('Method overrides', { exact: true }).click();
  await line(page, update('op=replace,path=/~1users/GET/throttling/rateLimit,value=5'));
  await reads(card, /GET \/users[^]*rate 5/);
  await card.getByTitle('Edit the settings of GET /users').click();
  const rate = card.getByLabel('Rate (requests per second)').last();
  await value(rate, '5');
  await line(page, update('op=replace,path=/~1users/GET/throttling/rateLimit,value=7', 'op=replace,path=/~1users/GET/logging/dataTrace,value=true'));
  await value(rate, '7');
  await value(card.getByLabel('Data tracing').last(), 'true');
  await rate.fill('8');
  await rate.press('Enter');
  await line(page, "aws apigateway get-stage --rest-api-id $API --stage-name dev --query 'methodSettings.\"~1users/GET\".throttlingRateLimit'", /8\.0/);
  // The override goes while its fields are open.
  await rate.focus();
  await aside(page, update('op=remove,path=/~1users/GET'));
  await rate.waitFor({ state: 'detached' });
});

journey('a domain name and its mappings follow lines, and lines read what the form did', async ({ page, open }) => {
  await open();
  await begin(page);
  await line(page, 'aws apigateway create-domain-name --domain-name api.example.com --regional-certificate-arn arn:aws:acm:us-east-1:123456789012:certificate/1 --endpoint-configuration types=REGIONAL', /"domainName": "api\.example\.com"/);
  await tab(page, 'More').click();
  await page.getByRole('link', { name: /^Custom domain names/ }).click();
  await page.getByRole('link', { name: /^api\.example\.com/ }).click();
  await reads(panel(page), /Nothing is mapped/);
  await line(page, 'aws apigateway create-base-path-mapping --domain-name api.example.com --base-path v1 --rest-api-id $API --stage dev', /"basePath": "v1"/);
  await reads(panel(page), /https:\/\/api\.example\.com\s*\/v1/);
  await line(page, 'curl https://api.example.com/v1/users', /Ada Lovelace/);

  // A mapping in the making stays while a line makes another.
  await panel(page).getByRole('button', { name: 'Add API mapping' }).click();
  await panel(page).getByLabel(/^Path\b/).last().fill('v2');
  await aside(page, 'aws apigateway create-base-path-mapping --domain-name api.example.com --base-path v3 --rest-api-id $API --stage dev');
  await reads(panel(page), /\/v3/);
  await value(panel(page).getByLabel(/^Path\b/).last(), 'v2');
  await panel(page).getByLabel(/^Path\b/).last().press('Enter');
  await line(page, "aws apigateway get-base-path-mappings --domain-name api.example.com --query 'items[].basePath' --output text", /v1\s+v2\s+v3|v1\s+v3\s+v2/);
  await historySays(page, /v2[^]*CreateBasePathMapping/);

  // The domain name goes while its screen is open.
  await tab(page, 'More').click();
  await page.getByRole('link', { name: /^Custom domain names/ }).click();
  await page.getByRole('link', { name: /^api\.example\.com/ }).click();
  await line(page, 'aws apigateway delete-domain-name --domain-name api.example.com');
  await reads(panel(page), /Not found\s+There is no custom domain name api\.example\.com\. It may have been deleted or undone\./);
});

journey('an API key and a plan follow lines, and lines read what the form did', async ({ page, open }) => {
  await open();
  await begin(page);
  await line(page, 'KEY=$(aws apigateway create-api-key --name partner --enabled --query id --output text)');
  await tab(page, 'More').click();
  await page.getByRole('link', { name: /^API keys/ }).click();
  await page.getByRole('link', { name: /^partner/ }).click();
  await line(page, 'aws apigateway update-api-key --api-key $KEY --patch-operations op=replace,path=/name,value=partner-b op=replace,path=/enabled,value=false', /"enabled": false/);
  await value(panel(page).getByLabel('Name', { exact: true }), 'partner-b');
  await atRest(page);
  const description = panel(page).getByLabel('Description', { exact: false }).first();
  await description.fill('for b');
  await description.press('Enter');
  await line(page, 'aws apigateway get-api-key --api-key $KEY --query description --output text', /for b/);
  await line(page, 'PLAN=$(aws apigateway create-usage-plan --name Gold --api-stages apiId=$API,stage=dev --query id --output text)');
  await line(page, 'aws apigateway create-usage-plan-key --usage-plan-id $PLAN --key-id $KEY --key-type API_KEY', /"type": "API_KEY"/);
  await reads(panel(page), /Gold/);
  await line(page, 'aws apigateway delete-api-key --api-key $KEY');
  await reads(panel(page), /Not found\s+There is no API key [a-z0-9]{10}\. It may have been deleted or undone\./);
});

journey('resources and methods follow lines, and what was selected and is gone gives way', async ({ page, open }) => {
  await open();
  await begin(page);
  await tab(page, 'Resources').click();
  await line(page, `USERS=$(aws apigateway get-resources --rest-api-id $API --query 'items[?path==\`/users\`].id' --output text)
aws apigateway put-method --rest-api-id $API --resource-id $USERS --http-method DELETE --authorization-type NONE`, /"httpMethod": "DELETE"/);
  await page.getByRole('treeitem', { name: /^DELETE \/users,/ }).click();
  await line(page, `aws apigateway put-integration --rest-api-id $API --resource-id $USERS --http-method DELETE --type MOCK --request-templates '{"application/json":"{\\"statusCode\\": 204}"}'`, /"type": "MOCK"/);
  await tab(page, 'Integration').click();
  await reads(panel(page), /Mock/);
  await line(page, 'aws apigateway delete-resource --rest-api-id $API --resource-id $USERS');
  await page.getByRole('treeitem', { name: /^DELETE \/users,/ }).waitFor({ state: 'detached' });
  await line(page, 'aws apigateway get-resources --rest-api-id $API --query \'items[].path\' --output text', /\//);
});

journey('the history lists lines and forms as they happen, and an entry that is open stays open', async ({ page, open }) => {
  await open();
  await begin(page);
  await tab(page, 'History').click();
  const first = page.locator('.history li').first();
  await first.locator('button.what').click();
  await reads(page.locator('#same-as-panel'), /^aws apigateway create-deployment/);
  await aside(page, update('op=replace,path=/variables/color,value=green'));
  await reads(first, /Changed variables of dev/);
  await reads(page.locator('#same-as-panel'), /^aws apigateway create-deployment/, 'it is still told');
  await page.evaluate(() => stagecraft.run('aws apigateway delete-stage --rest-api-id $API --stage-name nope'));
  await reads(first, /Refused: Invalid Stage identifier specified[^]*DeleteStage[^]*NotFoundException/);
});
