// The resources editor: everything by keyboard, refusals at their fields, and nothing lost on the way.

import assert from 'node:assert/strict';
import { NARROW, accessible, atRest, becomes, journey, reads, shot } from './support.mjs';

const row = (page, name) => page.getByRole('treeitem', { name, exact: true });
const names = (page) => page.getByRole('treeitem').evaluateAll((rows) => rows.map((one) => one.getAttribute('aria-label')));
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent);

journey('a resource and a method are made with the keyboard alone', async ({ page, open }) => {
  await open();
  await row(page, '/users').focus();
  await page.keyboard.press('r');
  await page.getByRole('dialog', { name: 'Create resource' }).waitFor();
  assert.equal(await page.getByLabel('Resource path').inputValue(), await page.evaluate(() => document.querySelector('[aria-label="/users"]').id.replace('row-', '')));
  assert.equal(await page.evaluate(() => document.activeElement.id), 'new-resource-part', 'the name has the focus');

  await page.keyboard.type('no spaces');
  await page.keyboard.press('Enter');
  const error = page.locator('#new-resource-part-error');
  await reads(error, /Resource's path part only allow a-zA-Z0-9\._-/);
  assert.equal(await page.getByLabel('Resource name').getAttribute('aria-invalid'), 'true');
  assert.equal(await page.getByLabel('Resource name').inputValue(), 'no spaces', 'what was typed stays');
  await accessible(page);
  await shot(page, 'create-resource-refused');

  await page.getByLabel('Resource name').fill('orders');
  await page.keyboard.press('Enter');
  await row(page, '/users/orders').waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await row(page, '/users/orders').getAttribute('aria-selected'), 'true');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === '/users/orders');

  await page.keyboard.press('m');
  await page.getByRole('dialog', { name: 'Create method' }).waitFor();
  await accessible(page);
  while (await focused(page) !== 'Create method') await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await row(page, 'GET /users/orders').waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'GET /users/orders');
  const template = page.getByLabel(/^Response template/);
  assert.match(await template.inputValue(), /"message": "GET \/users\/orders"/, 'the mock answers from the start');

  // One step of four requests: one undo takes all of it back.
  await page.keyboard.press('Control+z');
  await row(page, 'GET /users/orders').waitFor({ state: 'detached' });
  assert.equal(await row(page, '/users/orders').getAttribute('aria-selected'), 'true', 'the nearest thing is selected');
});

journey('the tree moves by arrows, Home and End, opens and closes, and finds by letters', async ({ page, open }) => {
  await open();
  await page.getByRole('treeitem').last().waitFor();
  const all = ['/', 'GET /', '/users', 'GET /users', 'POST /users', '/users/{userId}', 'GET /users/{userId}', 'DELETE /users/{userId}'];
  assert.deepEqual(await names(page), all);
  await page.getByRole('tree').locator('[tabindex="0"]').focus();
  const press = async (key, expected) => {
    await page.keyboard.press(key);
    assert.equal(await focused(page), expected, key);
    assert.equal(await page.locator('[role=treeitem][tabindex="0"]').count(), 1, 'one row is in the tab order');
  };
  await press('ArrowDown', 'GET /');
  await press('ArrowDown', '/users');
  await press('ArrowRight', 'GET /users');
  await press('ArrowLeft', '/users');
  await press('End', 'DELETE /users/{userId}');
  await press('ArrowLeft', '/users/{userId}');
  await press('ArrowLeft', '/users/{userId}');
  assert.equal(await row(page, '/users/{userId}').getAttribute('aria-expanded'), 'false');
  assert.deepEqual(await names(page), all.slice(0, 6));
  await press('ArrowRight', '/users/{userId}');
  assert.deepEqual(await names(page), all);
  await press('Home', '/');
  await page.keyboard.type('/us');
  assert.equal(await focused(page), '/users');
  await page.keyboard.type('er');
  assert.equal(await focused(page), '/users', 'further letters narrow the search');
  await press('Enter', '/users');
  assert.equal(await row(page, '/users').getAttribute('aria-selected'), 'true');
  await page.getByRole('heading', { name: '/users', exact: true }).waitFor();
});

journey('a resource is renamed and moved, and the paths below follow', async ({ page, open }) => {
  await open();
  await row(page, '/users/{userId}').focus();
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog', { name: 'Rename or move /users/{userId}' });
  await dialog.waitFor();
  await page.getByLabel('Resource name').fill('{id}');
  await page.keyboard.press('Enter');
  await row(page, 'GET /users/{id}').waitFor();

  await page.keyboard.press('F2');
  await page.getByLabel('Below').selectOption({ label: '/' });
  await page.getByLabel('Resource name').fill('users');
  await page.getByRole('button', { name: 'Save' }).click();
  await reads(page.locator('#edit-resource-part-error'), /Another resource with the same parent already has this name: users/);
  await page.getByLabel('Resource name').fill('{id}');
  await page.getByRole('button', { name: 'Save' }).click();
  await row(page, 'DELETE /{id}').waitFor();

  // The root has no name: F2 does nothing there.
  await row(page, '/').focus();
  await page.keyboard.press('F2');
  assert.equal(await page.getByRole('dialog').count(), 0);
});

journey('deleting says what goes, and the nearest row has the focus afterwards', async ({ page, open }) => {
  await open();
  await row(page, '/users').focus();
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: 'Delete /users?' });
  await reads(dialog, /1 resource below it and 4 methods in all go with it/);
  await accessible(page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  // Escape gives the focus back.
  await page.waitForFunction(() => document.activeElement?.ariaLabel === '/users');

  await row(page, 'GET /users').focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Delete method' }).last().click();
  await row(page, 'GET /users').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'POST /users');

  await row(page, '/users').focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Delete resource' }).last().click();
  await row(page, '/users').waitFor({ state: 'detached' });
  assert.deepEqual(await names(page), ['/', 'GET /']);
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'GET /');
  await page.keyboard.press('Control+z');
  await row(page, 'POST /users').waitFor();
});

journey('a mistake in a template is shown where it is, and the draft is kept', async ({ page, open }) => {
  await open();
  await row(page, 'GET /users').click();
  await page.getByRole('tab', { name: 'Responses' }).click();
  const template = page.getByLabel(/^Response template/);
  await template.fill('{\n  "a": 1,\n  #if($x) "b"\n}');
  const problem = page.locator('.field-error .at');
  await reads(problem, /Line \d+, column \d+/);
  await reads(page.locator('.field-error .excerpt'), /\^/);
  await accessible(page);
  await shot(page, 'template-error');

  await template.fill('{ "changed": "$context.stage" }');
  assert.equal(await problem.count(), 0);
  await page.keyboard.press('Control+s');
  await page.getByRole('tab', { name: 'Integration', exact: true }).click();
  await page.getByRole('tab', { name: 'Responses' }).click();
  assert.equal(await template.inputValue(), '{ "changed": "$context.stage" }');
  await accessible(page);
});

journey('a refused value stays in its field, even after a look elsewhere', async ({ page, open }) => {
  await open();
  await row(page, 'GET /users').click();
  await page.getByRole('tab', { name: 'Integration', exact: true }).click();
  await page.getByText('More settings').click();
  const timeout = page.getByLabel('Integration timeout (milliseconds)');
  await timeout.fill('5');
  await timeout.press('Enter');
  await reads(page.locator('.field-error'), /Timeout should be between 50 ms and 29000 ms/);
  await row(page, 'GET /').click();
  await row(page, 'GET /users').click();
  await page.getByText('More settings').click();
  assert.equal(await timeout.inputValue(), '5');
  await timeout.fill('5000');
  await timeout.press('Control+s');
  await row(page, 'GET /').click();
  await row(page, 'GET /users').click();
  await page.getByText('More settings').click();
  assert.equal(await timeout.inputValue(), '5000');
});

journey('a response with a header is added, mapped and deleted', async ({ page, open }) => {
  await open();
  await row(page, 'GET /users').click();
  await page.getByRole('tab', { name: 'Responses' }).click();
  await page.getByRole('button', { name: 'Add response' }).click();
  await page.getByLabel('Status').fill('999');
  await page.keyboard.press('Enter');
  await reads(page.locator('.field-error'), /Member must satisfy regular expression pattern: \[1-5\]\\d\\d/);
  await page.getByLabel('Status').fill('404');
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: '404' });
  await card.waitFor();
  assert.equal(await focused(page), 'Add response', 'the button takes the focus back');
  assert.equal(await card.getByLabel('Selection pattern').inputValue(), '404', 'it is chosen by its own status');

  await card.getByRole('button', { name: 'Add header' }).click();
  await card.getByLabel('Header', { exact: true }).fill('X-Reason');
  await card.getByLabel('Mapped from').fill('unquoted');
  await page.keyboard.press('Enter');
  await reads(card.locator('.field-error'), /Invalid mapping expression specified: unquoted/);
  await card.getByLabel('Mapped from').fill("'gone'");
  await page.keyboard.press('Enter');
  assert.equal(await card.getByLabel('X-Reason', { exact: true }).inputValue(), "'gone'");
  await accessible(page);
  await shot(page, 'responses');

  await card.getByRole('button', { name: 'Delete response 404' }).click();
  await card.waitFor({ state: 'detached' });
});

journey('a method of another integration type asks for its fields', async ({ page, open }) => {
  await open();
  await row(page, '/users').click();
  await page.getByRole('button', { name: 'Create method' }).click();
  await page.getByLabel('Method type').selectOption('PUT');
  await page.getByLabel('Integration type').selectOption('HTTP_PROXY');
  await page.getByRole('dialog').getByRole('button', { name: 'Create method' }).click();
  await reads(page.locator('#new-method-uri-error'), /Invalid HTTP endpoint specified for URI/);
  await page.getByLabel('Endpoint URL').fill('https://example.com/users');
  await page.getByRole('dialog').getByRole('button', { name: 'Create method' }).click();
  await row(page, 'PUT /users').waitFor();
  assert.equal(await page.getByLabel('Endpoint URL').inputValue(), 'https://example.com/users');

  await page.getByLabel('Integration type').selectOption('MOCK');
  await page.getByRole('button', { name: 'Replace integration' }).click();
  await page.waitForFunction(() => document.activeElement?.tagName === 'SELECT');
  assert.equal(await page.getByLabel(/^Request template/).inputValue(), '{"statusCode": 200}');

  await row(page, '/users').click();
  await page.getByRole('button', { name: 'Create method' }).click();
  await page.getByLabel('Integration type').selectOption('AWS_PROXY');
  await page.getByLabel('Lambda function').fill('list-users');
  await page.getByRole('dialog').getByRole('button', { name: 'Create method' }).click();
  assert.equal(
    await page.getByLabel('Integration URI').inputValue(),
    'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:list-users/invocations',
  );
});

journey('an integration names its VPC link, its TLS, its transfer mode and its cache keys', async ({ page, open }) => {
  await open();
  const ids = await page.evaluate(() => stagecraft.run(`API=$(aws apigateway get-rest-apis --query 'items[0].id' --output text)
USERS=$(aws apigateway get-resources --rest-api-id $API --query "items[?path=='/users'].id" --output text)
aws apigateway put-method --rest-api-id $API --resource-id $USERS --http-method PUT --authorization-type NONE --request-parameters method.request.querystring.page=false
aws apigateway put-integration --rest-api-id $API --resource-id $USERS --http-method PUT --type HTTP_PROXY --integration-http-method GET --uri https://example.com/users
echo $API $USERS`));
  const [api, users] = ids.stdout.trim().split('\n').at(-1).split(' ');
  const integration = () => page.evaluate(async (path) => (await stagecraft.request({ method: 'GET', path })).body, `/restapis/${api}/resources/${users}/methods/PUT/integration`);
  await row(page, 'PUT /users').click();
  const panel = page.getByRole('tabpanel', { name: 'Integration', exact: true });
  await reads(panel, /A backend inside a VPC is reached through a VPC link\./);
  await panel.getByRole('link', { name: 'VPC link' }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'page-title');
  await page.evaluate(() => stagecraft.run('aws apigateway create-vpc-link --name inside --target-arns arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/a/1'));
  await page.goBack();
  await panel.getByLabel('Connection').selectOption({ label: 'VPC link inside' });
  const link = await panel.getByLabel('VPC link ID').inputValue();
  const connection = async () => (({ connectionType, connectionId }) => [connectionType, connectionId])(await integration());
  await becomes(page, connection, ['VPC_LINK', link]);
  await panel.getByLabel('VPC link ID').fill('${stageVariables.link}');
  await page.keyboard.press('Enter');
  await reads(panel.getByLabel('Connection'), /VPC link \$\{stageVariables\.link\}/);
  await panel.getByRole('button', { name: 'Add cache key' }).click();
  await panel.getByLabel('Parameter', { exact: true }).selectOption('method.request.querystring.page');
  await panel.getByRole('button', { name: 'Add', exact: true }).click();
  await panel.getByText('More settings').click();
  await panel.getByLabel('Certificate of the backend').selectOption('true');
  await panel.getByLabel('Response transfer mode').selectOption('STREAM');
  await panel.getByLabel('Cache namespace').fill('shared');
  await page.keyboard.press('Enter');
  await atRest(page);
  const { cacheKeyParameters, cacheNamespace, tlsConfig, responseTransferMode, connectionId } = await integration();
  assert.deepEqual({ cacheKeyParameters, cacheNamespace, tlsConfig, responseTransferMode, connectionId }, {
    cacheKeyParameters: ['method.request.querystring.page'], cacheNamespace: 'shared', tlsConfig: { insecureSkipVerification: true },
    responseTransferMode: 'STREAM', connectionId: '${stageVariables.link}',
  });
  await accessible(page);
  await shot(page, 'integration-connection');
  await panel.getByRole('button', { name: 'Remove method.request.querystring.page' }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'cache-keys-title');
  await panel.getByLabel('Connection').selectOption({ label: 'Internet' });
  await becomes(page, connection, ['INTERNET', undefined]);
});

journey('CORS is enabled for a resource, and browsers see it once it is deployed', async ({ page, open }) => {
  await open();
  await row(page, '/users').click();
  await page.getByText('Enable CORS').click();
  const form = page.getByRole('form', { name: 'Enable CORS' });
  await reads(form, /Without a response 200 to add it to: POST\./);
  await form.getByLabel('Default 4XX').check();
  await form.getByLabel('POST').uncheck();
  await form.getByLabel('Access-Control-Allow-Origin').fill('https://www.example.com');
  await atRest(page);
  await accessible(page);
  await shot(page, 'cors');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText('CORS is enabled for /users.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'detail-title');
  await row(page, 'OPTIONS /users').waitFor();
  await reads(form, /The OPTIONS that is there is replaced\./);

  // Not before it is deployed; then OPTIONS, the answers and what the gateway answers by itself have the headers.
  const [preflight, answer, refusal] = await page.evaluate(async () => {
    const [api] = (await stagecraft.request({ method: 'GET', path: '/restapis' })).body.item;
    await stagecraft.request({ method: 'POST', path: `/restapis/${api.id}/deployments`, body: { stageName: 'dev' } });
    const url = `https://${api.id}.execute-api.us-east-1.amazonaws.com/dev`;
    const call = async (method, path) => {
      const { status, headers } = await stagecraft.invoke({ method, url: url + path });
      const found = Object.entries(Array.isArray(headers) ? Object.fromEntries(headers) : headers).map(([name, value]) => [name.toLowerCase(), value]);
      return { status, ...Object.fromEntries(found) };
    };
    return [await call('OPTIONS', '/users'), await call('GET', '/users'), await call('GET', '/nowhere')];
  });
  assert.equal(preflight.status, 200);
  assert.equal(preflight['access-control-allow-methods'], 'GET,OPTIONS');
  assert.match(preflight['access-control-allow-headers'], /^Content-Type,X-Amz-Date/);
  for (const found of [preflight, answer, refusal]) assert.equal(found['access-control-allow-origin'], 'https://www.example.com');

  // A second time in place of the first; one undo takes all of it back.
  await form.getByLabel('Access-Control-Allow-Origin').fill('*');
  await form.getByRole('button', { name: 'Save' }).click();
  await atRest(page);
  await page.getByRole('heading', { name: '/users' }).focus();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await row(page, 'OPTIONS /users').waitFor({ state: 'detached' });
});

journey('an API is cloned, and has its own security policy', async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: /UsersAPI/ }).first().click();
  await page.getByRole('menuitem', { name: 'Create API' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create API' });
  await dialog.getByLabel('API name').fill('Copy');
  await dialog.getByLabel('API to clone').selectOption({ label: 'UsersAPI' });
  await accessible(page);
  await shot(page, 'create-api-clone');
  await dialog.getByRole('button', { name: 'Create API' }).click();
  await row(page, 'GET /users').waitFor();
  await page.getByRole('tab', { name: 'Settings' }).click();
  const policy = page.getByLabel('Security policy');
  assert.equal(await policy.inputValue(), '');
  assert.equal(await policy.locator('option[value$=_EDGE]').count(), 0, 'those of edge-optimized APIs are not offered');
  assert.equal(await policy.locator('option').count(), 12, 'all others are, and AWS\'s default');
  await policy.selectOption('SecurityPolicy_TLS13_1_3_2025_09');
  await page.getByLabel('Endpoint access mode').selectOption('STRICT');
  await atRest(page);
  const [copy] = await page.evaluate(async () => (await stagecraft.request({ method: 'GET', path: '/restapis' })).body.item.filter(({ name }) => name === 'Copy'));
  assert.deepEqual([copy.securityPolicy, copy.endpointAccessMode], ['SecurityPolicy_TLS13_1_3_2025_09', 'STRICT']);
  await accessible(page);
});

journey('a tree of hundreds of rows is walked as if all of it were drawn', async ({ page, open }) => {
  await open();
  await page.evaluate(async () => {
    const api = (await stagecraft.request({ method: 'GET', path: '/restapis' })).body.item[0];
    for (let at = 100; at < 300; at += 1) {
      await stagecraft.request({ method: 'POST', path: `/restapis/${api.id}/resources/${api.rootResourceId}`, body: { pathPart: `r${at}` } });
    }
  });
  await row(page, '/').focus();
  const says = async (name, place) => {
    await page.waitForFunction((name) => document.activeElement?.ariaLabel === name, name);
    assert.deepEqual(await page.evaluate(() => [document.activeElement.ariaLevel, document.activeElement.ariaPosInSet, document.activeElement.ariaSetSize]), place);
    const seen = await page.evaluate(() => {
      const [row, pane] = [document.activeElement, document.querySelector('.tree-pane')].map((one) => one.getBoundingClientRect());
      return row.top >= pane.top && row.bottom <= pane.bottom;
    });
    assert.ok(seen, `${name} is in sight`);
    assert.equal(await page.locator('[role=treeitem][tabindex="0"]').count(), 1, 'one row is in the tab order');
  };
  assert.ok(await page.getByRole('treeitem').count() < 60, 'most rows are left undrawn');
  await page.keyboard.press('ArrowDown');
  await says('GET /', ['2', '1', '202']);
  await page.keyboard.press('End');
  await says('DELETE /users/{userId}', ['4', '2', '2']);
  await page.keyboard.press('Home');
  await says('/', ['1', '1', '1']);
  await page.keyboard.type('/r250');
  await says('/r250', ['2', '152', '202']);
  await accessible(page);

  // What has the focus keeps it, however far it is scrolled out of sight.
  await page.locator('.tree-pane').evaluate((pane) => { pane.scrollTop = 0; });
  await row(page, '/r100').waitFor();
  await page.keyboard.press('ArrowDown');
  await says('/r251', ['2', '153', '202']);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '/r251' }).waitFor();
  await page.keyboard.press('Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete resource' }).click();
  await says('/r252', ['2', '153', '201']);

  // What is selected elsewhere comes into sight.
  await page.keyboard.press('Home');
  await page.getByRole('tab', { name: 'Stages' }).click();
  await atRest(page);
  await page.goBack();
  await row(page, '/r252').waitFor();
  await page.waitForFunction(() => document.querySelector('.tree-pane').scrollTop > 1000);
});

journey('what differs from the newest deployment is marked, in words too', async ({ page, open }) => {
  await open();
  await page.evaluate(async () => {
    const api = (await stagecraft.request({ method: 'GET', path: '/restapis' })).body.item[0];
    await stagecraft.request({ method: 'POST', path: `/restapis/${api.id}/deployments`, body: { stageName: 'dev' } });
  });
  await page.getByText('The same as D1, the newest deployment.').waitFor();
  await row(page, 'POST /users').click();
  await page.getByRole('tab', { name: 'Method', exact: true }).click();
  await page.getByLabel('API key required').check();
  await row(page, 'POST /users, changed since D1').waitFor();
  await row(page, '/').click();
  await page.keyboard.press('r');
  await page.getByLabel('Resource name').fill('orders');
  await page.keyboard.press('Enter');
  await row(page, '/orders, new since D1').waitFor();
  await row(page, '/users').focus();
  await page.keyboard.press('ArrowLeft');
  await row(page, '/users, something below differs from D1').waitFor();
  await page.getByText('differs from D1, the newest deployment', { exact: true }).waitFor();
  await accessible(page);
  await shot(page, 'marks');
});

journey('the menu of a row does what its keys do', async ({ page, open }) => {
  await open();
  await row(page, '/users/{userId}').click();
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'Actions for /users/{userId}');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'Rename or move');
  await accessible(page);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Rename or move /users/{userId}' }).waitFor();
  await page.keyboard.press('Escape');
  await row(page, '/').click();
  await page.getByRole('button', { name: 'Actions for /', exact: true }).click();
  const blocked = page.getByRole('menuitem', { name: 'Delete resource' });
  await reads(blocked, /The root stays/);
  await blocked.click({ force: true });
  assert.equal(await page.getByRole('dialog').count(), 0, 'the root cannot go');
});

journey('hostile text is shown as text', async ({ page, open }) => {
  const hostile = [
    '<img src=x onerror="globalThis.wasRun=1">', '"><script>globalThis.wasRun=1</script>', "'-globalThis.wasRun=1-'",
    'javascript:globalThis.wasRun=1', '{{constructor.constructor("globalThis.wasRun=1")()}}', '</textarea><svg onload=globalThis.wasRun=1>',
  ];
  await open();
  for (const text of hostile) {
    await page.getByRole('tab', { name: 'Settings' }).click();
    const name = page.getByLabel('API name');
    await name.fill(text);
    await name.press('Enter');
    await page.getByRole('button', { name: `Delete ${text}` }).waitFor();
    await page.getByRole('tab', { name: 'Resources' }).click();
    await row(page, 'GET /users').click();
    await page.getByRole('tab', { name: 'Responses' }).click();
    const template = page.getByLabel(/^Response template/);
    await template.fill(text);
    await template.blur();
    assert.equal(await template.inputValue(), text);
    await page.getByRole('tab', { name: 'Method', exact: true }).click();
    const operation = page.getByLabel('Operation name');
    await operation.fill(text);
    await operation.press('Enter');
    assert.equal(await operation.inputValue(), text);
  }
  assert.equal(await page.evaluate(() => globalThis.wasRun), undefined);
});

journey('a workspace without an API says what to do', async ({ page, open }) => {
  await open();
  await page.getByRole('tab', { name: 'Settings' }).click();
  await accessible(page);
  await shot(page, 'settings');
  await page.getByRole('button', { name: 'Delete UsersAPI' }).click();
  await page.getByRole('button', { name: 'Delete API' }).click();
  await page.getByText('No API yet').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'Start with the sample UsersAPI' }).click();
  await row(page, 'GET /users').waitFor();
});

journey('region and account are checked, and stand in the URLs at once', async ({ page, open }) => {
  await open();
  await page.getByRole('tab', { name: 'Settings' }).click();
  const region = page.getByLabel('Region');
  await region.fill('Mars');
  await region.press('Enter');
  await reads(page.locator('.field-error'), /A region looks like us-east-1/);
  await region.fill('cn-north-1');
  await region.press('Enter');
  await reads(page.getByLabel('Partition'), /aws-cn/);
  const account = page.getByLabel('Account ID');
  await account.fill('12');
  await account.press('Enter');
  await reads(page.locator('.field-error'), /exactly 12 digits/);
});

journey('the resource policy is checked, completed, and waits for the next deployment', async ({ page, open }) => {
  await open();
  await page.getByRole('tab', { name: 'Settings' }).click();
  const policy = page.getByLabel('Policy (JSON)');
  await policy.fill('{ "Statement": [');
  await page.getByText('This is not JSON.').waitFor();
  await policy.blur();
  await page.getByText('Invalid policy document. Please check the policy syntax').waitFor();
  await accessible(page);
  await policy.fill('{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]}');
  await policy.press('Control+s');
  const id = (await page.evaluate(() => stagecraft.request({ method: 'GET', path: '/restapis' }))).body.item[0].id;
  await page.waitForFunction((id) => [...document.querySelectorAll('textarea')].some(({ value }) =>
    value.includes(`\n      "Resource": "arn:aws:execute-api:us-east-1:123456789012:${id}/*"`)), id);
  await page.getByText('This is not JSON.').waitFor({ state: 'detached' });
  await shot(page, 'settings-policy');
  await policy.fill('');
  await policy.blur();
  const { body } = await page.evaluate((id) => stagecraft.request({ method: 'GET', path: `/restapis/${id}` }), id);
  assert.equal(body.policy, undefined);
});

journey('the resources fit a phone', { viewport: NARROW }, async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await row(page, 'GET /users').click();
  await page.getByRole('tab', { name: 'Responses' }).click();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, 'the page does not scroll sideways');
  await accessible(page);
});
