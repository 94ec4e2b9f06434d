// A dialog holds the focus, covers the page, closes with Escape wherever the focus is, and gives the focus back.

import assert from 'node:assert/strict';
import { NARROW, accessible, journey, reads, shot } from './support.mjs';

const focusInside = (page) => page.evaluate(() => document.querySelector('dialog').contains(document.activeElement));

async function openFromAButton(page) {
  await page.getByRole('button', { name: 'Share', exact: true }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Share' }).waitFor();
  assert.ok(await focusInside(page), 'the focus goes in');
}

journey('the Tab key goes round inside of a dialog, both ways', async ({ page, open }) => {
  await open();
  await openFromAButton(page);
  const stops = new Set();
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press('Tab');
    assert.ok(await focusInside(page), `Tab number ${press + 1} stays inside`);
    stops.add(await page.evaluate(() => document.activeElement.outerHTML));
  }
  assert.ok(stops.size > 3, 'it stops at more than one place');
  for (let press = 0; press < 20; press += 1) {
    await page.keyboard.press('Shift+Tab');
    assert.ok(await focusInside(page), `Shift+Tab number ${press + 1} stays inside`);
  }
  await accessible(page);
});

journey('Escape closes a dialog, and the focus goes back to what opened it', async ({ page, open }) => {
  await open();
  await openFromAButton(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.textContent === 'Share');
});

journey('a dialog that a menu opened gives the focus back to the button of the menu', async ({ page, open }) => {
  await open();
  const button = page.locator('.api-menu > button');
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Workspaces' }).waitFor();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Workspaces' });
  await dialog.waitFor();
  // What is said below the list can be read: the foot of the dialog stands under it.
  const hint = dialog.getByText('Workspaces are stored in this browser only.');
  await hint.waitFor();
  assert.ok(await hint.evaluate((text) => {
    const { left, top, bottom } = text.getBoundingClientRect();
    return document.elementFromPoint(left + 9, (top + bottom) / 2) === text;
  }), 'nothing covers the hint');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.matches('.api-menu > button'));
});

journey('a dialog whose focus is lost still hears Escape and Tab', async ({ page, open }) => {
  await open();
  await openFromAButton(page);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Tab');
  assert.ok(await focusInside(page));
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

for (const viewport of [undefined, NARROW]) {
  journey(`what is behind a dialog is neither clicked nor focused${viewport ? ', on a phone' : ''}`, { viewport }, async ({ page, open }) => {
    await open();
    await page.keyboard.press('d');
    await page.getByRole('dialog', { name: 'Deploy API' }).waitFor();
    const { width, height } = page.viewportSize();
    for (const [x, y] of [[3, 3], [width - 3, 3], [3, height - 3], [width - 3, height - 3]]) {
      await page.mouse.click(x, y);
      assert.ok(await focusInside(page), 'the focus stays');
      assert.equal(await page.evaluate(([x, y]) => document.elementFromPoint(x, y).className, [x, y]), 'modal-back');
    }
    await page.evaluate(() => document.getElementById('map').focus());
    assert.ok(await focusInside(page), 'a script that moves the focus out is no way out');
  });
}

journey('what is known of AWS is listed with its sources', async ({ page, open }) => {
  await open();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('faithful');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'How faithful is this?' });
  await reads(dialog, /\d+ operations of Amazon API Gateway's REST control plane, and \d{3} facts/);
  await dialog.locator('summary', { hasText: /^Stage ·/ }).click();
  await reads(dialog, /The members of a new plain stage\s*recorded/);
  await accessible(page);
  await shot(page, 'ledger');
});

journey('no form is further than three clicks from the map, on a phone either', { viewport: NARROW, timeout: 240_000 }, async ({ page, open }) => {
  await open();
  const made = await page.evaluate(() => stagecraft.run(`API=$(aws apigateway get-rest-apis --query 'items[0].id' --output text)
aws apigateway create-deployment --rest-api-id $API --stage-name dev
aws apigateway create-authorizer --rest-api-id $API --name tokens --type TOKEN --authorizer-uri arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:auth/invocations --identity-source method.request.header.Authorization
aws apigateway create-request-validator --rest-api-id $API --name bodies --validate-request-body
aws apigateway create-documentation-part --rest-api-id $API --location type=API --properties '{"summary":"Users"}'
aws apigateway create-api-key --name partner
aws apigateway create-usage-plan --name Gold
aws apigateway create-domain-name --domain-name api.example.com --regional-certificate-arn arn:aws:acm:us-east-1:123456789012:certificate/1 --endpoint-configuration types=REGIONAL
aws apigateway generate-client-certificate --description backend
aws apigateway create-vpc-link --name nlb --target-arns arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/a/1`));
  assert.equal(made.stderr, '');
  const editor = page.locator('#editor-panel');
  let clicks = 0;
  const click = async (locator) => {
    await locator.click();
    clicks += 1;
  };
  const fromMap = async () => {
    await page.getByRole('button', { name: 'Map', exact: true }).click();
    await page.locator('.map').waitFor();
    clicks = 0;
  };
  // Looks a form up by some of its words.
  const find = async (words, form) => {
    await fromMap();
    await click(page.getByRole('button', { name: 'More', exact: true }));
    await click(page.getByRole('menuitem', { name: 'Find a command' }));
    await page.getByRole('combobox', { name: 'Command' }).fill(words);
    await click(page.getByRole('option').first());
    await form.waitFor();
    assert.ok(clicks <= 3, words);
  };
  const dialogs = ['Create authorizer', 'Create model', 'Create request validator', 'Create documentation part', 'Create domain name', 'Create API key', 'Create usage plan', 'Generate client certificate', 'Create VPC link', 'Create resource', 'Create method', 'Create stage', 'Create API', 'Deploy API'];
  for (const name of dialogs) {
    await find(name, page.getByRole('dialog', { name }));
    await page.keyboard.press('Escape');
  }
  const forms = {
    'authorizer tokens': editor.getByLabel('Authorizer name'),
    'model empty': editor.getByLabel('Schema (JSON)'),
    'validator bodies': editor.getByLabel('Validate body'),
    'response access denied': editor.getByLabel('Status code'),
    'documentation of': editor.getByLabel('Properties (JSON)'),
    'go to documentation': editor.getByRole('button', { name: 'Publish documentation' }),
    'domain api.example': editor.getByLabel('Security policy'),
    'key partner': editor.getByLabel('AWS Marketplace customer ID'),
    'plan gold': editor.getByLabel('Quota').or(editor.getByLabel('Requests', { exact: true })).first(),
    'certificate backend': editor.getByLabel('Description'),
    'link nlb': editor.getByLabel('Name'),
    'account settings': editor.getByLabel('CloudWatch log role ARN'),
    'go to settings': editor.getByLabel('API name'),
    'dev variables': editor.getByRole('heading', { name: /Add a stage variable/ }),
    'dev history': editor.getByRole('radiogroup', { name: 'Deployment history' }),
    'dev canary': editor.getByLabel(/Requests directed to the canary/),
    'method post /users': editor.getByLabel('Integration type'),
  };
  for (const [words, form] of Object.entries(forms)) await find(words, form);
  await page.waitForFunction(() => document.activeElement?.id === 'detail-title');
  assert.equal(await page.getByRole('button', { name: 'Edit', exact: true }).last().getAttribute('aria-current'), 'page');

  // A method's other forms, and a stage's settings, by the screens themselves.
  await fromMap();
  await click(page.getByRole('button', { name: 'Edit', exact: true }).last());
  await click(page.getByRole('tab', { name: 'Responses', exact: true }));
  await editor.getByLabel(/^Response template/).first().waitFor();
  assert.ok(clicks <= 3);
  await find('stage dev', editor.getByRole('region', { name: 'Stage details: dev' }));
  await fromMap();
  await click(page.getByRole('button', { name: 'Edit', exact: true }).last());
  await click(editor.getByText('Logs and tracing'));
  await editor.getByLabel('CloudWatch logs').waitFor();
  assert.ok(clicks <= 3);
});
