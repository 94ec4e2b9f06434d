// The parts of an API beside its resources: made, changed, used by methods, and deleted.

import assert from 'node:assert/strict';
import { NARROW, WIDE, accessible, atRest, becomes, journey, reads, shot } from './support.mjs';

// What the control plane says; `path` follows the API's own.
const ask = (page, method, path, body) => page.evaluate(async ([verb, rest, input]) => {
  const { stagecraft } = globalThis;
  const api = (await stagecraft.request({ method: 'GET', path: '/restapis' })).body.item.find(({ name }) => name === 'UsersAPI');
  return (await stagecraft.request({ method: verb, path: `/restapis/${api.id}${rest}`, body: input })).body;
}, [method, path, body]);

// Opens a screen of "More" from its list.
async function screen(page, name) {
  await page.getByRole('tab', { name: 'More' }).click();
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('heading', { name, level: 2 }).waitFor();
  await focused(page, 'page-title');
  return page.getByRole('tabpanel', { name: 'More' });
}

const focused = (page, id) => page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);

// Whether the page scrolls sideways, which it never may.
async function fits(page) {
  await page.setViewportSize({ width: 360, height: 780 });
  await atRest(page);
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(inner <= outer, `${inner} px of content in ${outer} px`);
  await page.setViewportSize(WIDE);
}

// Pictures and axe, wide and on a phone.
async function looks(page, name) {
  await atRest(page);
  await accessible(page);
  await page.setViewportSize(NARROW);
  const edit = page.getByRole('button', { name: 'Edit', exact: true });
  if (!await page.getByRole('dialog').isVisible()) await edit.last().click();
  await page.setViewportSize(WIDE);
  await shot(page, name);
  await page.setViewportSize(NARROW);
  await atRest(page);
  await accessible(page);
  await page.setViewportSize(WIDE);
  await fits(page);
}

// The first GET method of the sample, in its editor.
async function method(page, tab) {
  const { item } = await ask(page, 'GET', '/resources');
  const found = item.find(({ resourceMethods, path }) => resourceMethods?.GET && path !== '/');
  await page.getByRole('tab', { name: 'Resources' }).click();
  await page.locator(`#row-${found.id}-GET`).click();
  await page.getByRole('tab', { name: tab, exact: true }).click();
  await page.getByRole('tabpanel', { name: tab, exact: true }).waitFor();
  await atRest(page);
  return { path: found.path, get: () => ask(page, 'GET', `/resources/${found.id}/methods/GET`) };
}

journey('a model is made, used by a method, made into a template, and deleted', async ({ page, open }) => {
  await open();
  const panel = await screen(page, 'Models');
  await reads(panel, /Empty[\s\S]*Error/);
  await looks(page, 'models');

  // Refusals stand at their fields, in AWS's words.
  await panel.getByRole('button', { name: 'Create model' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create model' });
  await dialog.getByLabel('Name').fill('no way');
  await page.keyboard.press('Enter');
  await reads(dialog.getByRole('alert'), /^Model name must be alphanumeric: no way/);
  assert.equal(await dialog.getByLabel('Name').getAttribute('aria-invalid'), 'true');
  await focused(page, 'create-model-0');
  await dialog.getByLabel('Name').fill('User');
  await dialog.getByLabel('Model schema').fill('{ "type": ');
  await reads(dialog, /Line 1, column \d+: This is not JSON\./);
  await looks(page, 'model-create');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await reads(dialog.getByRole('alert'), /^Invalid model specified: Validation Result/);
  const schema = { type: 'object', properties: { id: { type: 'string' }, age: { type: 'integer' } }, required: ['id'] };
  await dialog.getByLabel('Model schema').fill(JSON.stringify(schema));
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByText('Successfully created model User.').waitFor();
  await focused(page, 'item-title');

  // Changed in place; the template follows from the schema.
  await panel.getByLabel('Description').fill('Somebody who calls');
  await page.keyboard.press('Enter');
  await panel.getByRole('button', { name: 'Generate template' }).click();
  await reads(panel.getByLabel('Generated template'), /\$inputRoot/);
  await focused(page, 'template-text');
  assert.equal((await ask(page, 'GET', '/models/User')).description, 'Somebody who calls');
  await looks(page, 'model');

  // A method has it: by name, and then it cannot go.
  const { path, get } = await method(page, 'Method');
  await page.getByRole('region', { name: 'Request body' }).getByRole('button', { name: 'Add model' }).click();
  await page.getByRole('form', { name: 'Add model' }).getByLabel('Model').selectOption('User');
  await page.getByRole('form', { name: 'Add model' }).getByRole('button', { name: 'Add' }).click();
  assert.deepEqual((await get()).requestModels, { 'application/json': 'User' });
  await page.getByRole('link', { name: 'Model User' }).click();
  await page.locator('#editor-panel').getByRole('link', { name: `GET ${path}` }).press('Enter');
  await focused(page, 'detail-title');
  await page.getByRole('link', { name: 'Model User' }).click();
  await reads(panel, new RegExp(`Used by[\\s\\S]*GET ${path}[\\s\\S]*request`));
  await panel.getByRole('button', { name: 'Delete model' }).click();
  const question = page.getByRole('dialog', { name: 'Delete model User?' });
  await reads(question, new RegExp(`Cannot delete model 'User', is referenced in method request: ${path}/GET`));
  assert.equal(await question.getByRole('button', { name: 'Delete model' }).getAttribute('aria-disabled'), 'true');
  await looks(page, 'model-held');
  await question.getByRole('link', { name: `GET ${path}` }).click();
  await focused(page, 'detail-title');
  await page.getByRole('button', { name: 'Remove the model of application/json' }).first().click();
  await focused(page, 'models-title');

  await screen(page, 'Models');
  await panel.getByRole('link', { name: /^User/ }).click();
  await focused(page, 'item-title');
  await panel.getByRole('button', { name: 'Delete model' }).click();
  await reads(question, /Undo brings it back\./);
  await question.getByRole('button', { name: 'Delete model' }).click();
  await page.getByText('Deleted model User.', { exact: true }).waitFor();
  await focused(page, 'page-title');
  await page.keyboard.press('Control+z');
  await panel.getByRole('link', { name: /^User/ }).waitFor();
});

journey('a request validator is made at a method or on its screen, and checks what it says', async ({ page, open }) => {
  await open();
  const { path, get } = await method(page, 'Method');
  const choice = page.getByLabel('Request validator');
  await choice.selectOption({ label: 'Validate body (new)' });
  await reads(page.locator('.detail'), /Request validator[\s\S]*Validate body/);
  const [made] = (await ask(page, 'GET', '/requestvalidators')).item;
  assert.equal(made.name, 'Validate body');
  assert.equal((await get()).requestValidatorId, made.id);
  await atRest(page);
  await accessible(page);
  // One step: the validator and its place go together.
  await page.getByRole('heading', { level: 2, name: /GET/ }).click();
  await page.keyboard.press('Control+z');
  await becomes(page, async () => (await ask(page, 'GET', '/requestvalidators')).item ?? [], []);
  await page.keyboard.press('Control+Shift+z');
  await becomes(page, async () => (await get()).requestValidatorId, made.id);

  const panel = await screen(page, 'Request validators');
  await reads(panel, /1 of 20\./);
  await looks(page, 'validators');
  await panel.getByRole('button', { name: 'Create request validator' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create request validator' });
  await page.keyboard.press('Enter');
  await reads(dialog.getByRole('alert'), /^Request Validator name cannot be blank/);
  await dialog.getByLabel('Name').fill('strict');
  await dialog.getByLabel('Validate body').check();
  await dialog.getByLabel('Validate query string parameters and headers').check();
  await looks(page, 'validator-create');
  await page.keyboard.press('Enter');
  await page.getByText('Successfully created request validator strict.').waitFor();
  await panel.getByLabel('Validate body').uncheck();
  await panel.getByLabel('Name').fill('parameters');
  await page.keyboard.press('Enter');
  const all = (await ask(page, 'GET', '/requestvalidators')).item;
  assert.deepEqual(
    all.filter(({ name }) => name === 'parameters').map(({ validateRequestBody, validateRequestParameters }) => [validateRequestBody, validateRequestParameters]),
    [[false, true]],
  );
  await looks(page, 'validator');
  await panel.getByRole('button', { name: 'Delete request validator' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete request validator' }).click();
  await page.getByText('Deleted request validator parameters.').waitFor();
  await focused(page, 'page-title');
  await panel.getByRole('link', { name: /^Validate body/ }).click();
  await reads(panel, new RegExp(`GET ${path}`));
  await panel.getByRole('button', { name: 'Delete request validator' }).click();
  await reads(page.getByRole('dialog'), /Cannot delete request validator 'Validate body', is referenced in method: GET/);
  await page.keyboard.press('Escape');

  // What was done by forms stands in the console and in the history, too.
  await page.getByRole('tab', { name: 'History' }).click();
  await reads(page.locator('.drawer'), /request validator parameters/i);
});

journey('gateway responses say what they inherit, are customised, and reset to default', async ({ page, open }) => {
  await open();
  const panel = await screen(page, 'Gateway responses');
  assert.equal(await panel.getByRole('list', { name: 'Gateway responses' }).getByRole('link').count(), 21);
  await reads(panel.getByRole('link', { name: /^Missing Authentication Token/ }), /403/);
  await looks(page, 'gateway-responses');

  // The default for the class lends its form to those that have none of their own.
  await panel.getByRole('link', { name: /^Default 4XX/ }).click();
  await focused(page, 'item-title');
  await reads(panel, /Not customised: this is API Gateway's default\./);
  const status = panel.getByLabel('Status code');
  await status.fill('999');
  await page.keyboard.press('Enter');
  await reads(panel.getByRole('alert'), /^Invalid Response status code specified/);
  await status.fill('418');
  await page.keyboard.press('Enter');
  await reads(panel, /Customised: 14 types without a form of their own answer so, too\./);
  await panel.getByRole('button', { name: 'Add response header' }).click();
  const form = page.getByRole('form', { name: 'Add response header' });
  await form.getByLabel('Header').fill('Access-Control-Allow-Origin');
  await form.getByLabel('Mapped from').fill('*');
  await form.getByRole('button', { name: 'Add' }).click();
  await reads(form.getByRole('alert'), /^Invalid mapping expression specified/);
  await form.getByLabel('Mapped from').fill("'*'");
  await form.getByRole('button', { name: 'Add' }).click();
  await panel.getByLabel('Access-Control-Allow-Origin', { exact: true }).waitFor();
  await looks(page, 'gateway-response');
  await panel.getByRole('link', { name: /All gateway responses/ }).click();
  await focused(page, 'page-title');
  await reads(panel.getByRole('link', { name: /^Throttled/ }), /as Default 4XX\s*418/);
  await panel.getByRole('link', { name: /^Throttled/ }).click();
  await reads(panel, /It has no form of its own and answers as Default 4XX/);

  // Its first change makes it one of its own, which begins with API Gateway's default.
  const template = panel.getByLabel('Response template · application/json');
  await template.fill('{"error":$context.error.messageString,"type":"$context.error.responseType"}');
  await template.press('Control+s');
  await reads(panel, /Customised: it has its own form/);
  const throttled = await ask(page, 'GET', '/gatewayresponses/THROTTLED');
  assert.deepEqual([throttled.statusCode, throttled.defaultResponse, throttled.responseParameters], ['429', false, {}]);
  await panel.getByRole('button', { name: 'Reset to default' }).click();
  const question = page.getByRole('dialog', { name: 'Reset Throttled to default?' });
  await reads(question, /it answers as Default 4XX, from the next deployment on\. Undo brings it back\./);
  await accessible(page);
  await question.getByRole('button', { name: 'Reset to default' }).click();
  await focused(page, 'item-title');
  await reads(panel, /It has no form of its own and answers as Default 4XX/);
});

journey('an authorizer of each kind is made, chosen at a method, tested, and deleted', async ({ page, open }) => {
  await open();
  const panel = await screen(page, 'Authorizers');
  await reads(panel, /This API has no authorizers[\s\S]*/);
  await panel.getByRole('button', { name: 'Create authorizer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create authorizer' });
  await dialog.getByLabel('Authorizer name').fill('tokens');
  await dialog.getByLabel('Authorization caching: TTL (seconds)').fill('3601');
  await dialog.getByLabel('Lambda function').fill('my-authorizer');
  await page.keyboard.press('Enter');
  await reads(dialog.getByRole('alert'), /^Authorizer result TTL outside allowable range/);
  await dialog.getByLabel('Authorization caching: TTL (seconds)').fill('0');
  await looks(page, 'authorizer-create');
  await page.keyboard.press('Enter');
  await page.getByText('Successfully created authorizer tokens.').waitFor();
  await focused(page, 'item-title');
  const [made] = (await ask(page, 'GET', '/authorizers')).item;
  assert.match(made.authorizerUri, /:lambda:path\/2015-03-31\/functions\/arn:aws:lambda:.*:function:my-authorizer\/invocations$/);
  assert.deepEqual([made.type, made.identitySource, made.authorizerResultTtlInSeconds], ['TOKEN', 'method.request.header.Authorization', 0]);

  // Its fields, each refused at its place.
  const ttl = panel.getByLabel('Authorization caching: TTL (seconds)');
  await ttl.fill('-1');
  await page.keyboard.press('Enter');
  await reads(panel.getByRole('alert'), /^Authorizer result TTL outside allowable range/);
  await ttl.fill('60');
  await page.keyboard.press('Enter');
  await panel.getByLabel('Token validation - optional').fill('^Bearer .*');
  await page.keyboard.press('Enter');

  // Tested: what the command answers, with its log.
  await panel.getByLabel('Header Authorization').fill('Bearer 12345');
  await page.keyboard.press('Enter');
  await focused(page, 'authorizer-answer');
  await reads(panel.getByLabel('Execution log'), /Starting authorizer: /);
  await looks(page, 'authorizer');

  // An API plays the function; the answer has its policy then.
  await page.evaluate(async () => {
    const ask = async (method, path, body) => (await globalThis.stagecraft.request({ method, path, body })).body;
    const { id, rootResourceId } = await ask('POST', '/restapis', { name: 'function:my-authorizer' });
    const at = `/restapis/${id}/resources/${rootResourceId}/methods/POST`;
    await ask('PUT', at, { authorizationType: 'NONE' });
    await ask('PUT', `${at}/integration`, { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } });
    await ask('PUT', `${at}/responses/200`, {});
    const statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' };
    const says = { principalId: 'somebody', policyDocument: { Version: '2012-10-17', Statement: [statement] } };
    await ask('PUT', `${at}/integration/responses/200`, { responseTemplates: { 'application/json': JSON.stringify(says) } });
  });
  await panel.getByRole('button', { name: 'Test authorizer' }).click();
  await reads(panel, /The caller may pass\.[\s\S]*principalId\s*somebody/);
  await reads(panel.getByLabel('policy', { exact: true }), /"Effect": "Allow"/);
  await accessible(page);

  // A method has it, and then it cannot go.
  const { path, get } = await method(page, 'Method');
  await page.getByLabel('Authorization', { exact: true }).selectOption({ label: 'tokens (Lambda authorizer)' });
  await reads(page.locator('.detail'), /Open this authorizer/);
  assert.deepEqual([(await get()).authorizationType, (await get()).authorizerId], ['CUSTOM', made.id]);
  await page.getByRole('link', { name: 'Open this authorizer' }).click();
  await panel.getByRole('button', { name: 'Delete authorizer' }).click();
  const question = page.getByRole('dialog', { name: 'Delete authorizer tokens?' });
  await reads(question, /Cannot delete authorizer 'tokens', is referenced in method: GET\//);
  await reads(question, new RegExp(`Change these first:\\s*GET ${path}`));
  await page.keyboard.press('Escape');

  // User pools, and the scopes that only they look at.
  await panel.getByRole('link', { name: /All authorizers/ }).click();
  await panel.getByRole('button', { name: 'Create authorizer' }).click();
  await dialog.getByLabel('Authorizer name').fill('pool');
  await dialog.getByLabel('Authorizer type').selectOption({ label: 'Cognito' });
  await dialog.getByRole('button', { name: 'Create authorizer' }).click();
  await reads(dialog.getByRole('alert'), /^ProviderARNs cannot be empty/);
  const arn = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI';
  await dialog.getByLabel('Cognito user pool ARNs').fill(arn);
  await dialog.getByRole('button', { name: 'Create authorizer' }).click();
  await page.getByText('Successfully created authorizer pool.').waitFor();
  await reads(panel, /Cognito user pools[\s\S]*us-east-1_AbCdEfGhI/);
  await method(page, 'Method');
  await page.getByLabel('Authorization', { exact: true }).selectOption({ label: 'pool (Cognito authorizer)' });
  await page.getByRole('button', { name: 'Add scope' }).click();
  await page.getByLabel('Scope', { exact: true }).fill('users/read');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove users/read' }).waitFor();
  assert.deepEqual((await get()).authorizationScopes, ['users/read']);
  await looks(page, 'method-access');

  // Nothing names the first one now; a request authorizer asks for each of its sources.
  await screen(page, 'Authorizers');
  await panel.getByRole('link', { name: /^tokens/ }).click();
  await panel.getByLabel('Authorizer type').selectOption('REQUEST');
  await panel.getByLabel('Identity sources').fill('method.request.header.X, method.request.querystring.token');
  await page.keyboard.press('Enter');
  await panel.getByLabel('Query string token').waitFor();
  await panel.getByRole('button', { name: 'Delete authorizer' }).click();
  await question.getByRole('button', { name: 'Delete authorizer' }).click();
  await page.getByText('Deleted authorizer tokens.', { exact: true }).waitFor();
  await focused(page, 'page-title');
});

journey('a method of the working copy is tested, with its log, before anything is deployed', async ({ page, open }) => {
  await open();
  const { item } = await ask(page, 'GET', '/resources');
  const { id } = item.find(({ path }) => path === '/users/{userId}');
  await page.locator(`#row-${id}-GET`).click();
  await page.getByRole('tab', { name: 'Test', exact: true }).click();
  const panel = page.getByRole('tabpanel', { name: 'Test' });
  await reads(panel, /Runs the method as it stands in the working copy, deployed or not/);
  await panel.getByRole('button', { name: 'Test', exact: true }).click();
  await reads(panel.getByRole('alert'), /^Enter a value for userId\./);
  await page.waitForFunction(() => document.activeElement?.id.endsWith('test-path-userId'));
  await page.keyboard.type('a b/c');
  await panel.getByLabel('Query strings').fill('verbose=true');
  await panel.getByLabel('Headers').fill('X-Trace: 7\nAccept: application/json');
  await panel.getByLabel('Stage variables').fill('env=no way');
  await panel.getByRole('button', { name: 'Test', exact: true }).click();
  await reads(panel.getByRole('alert'), /^Invalid stage variable value: no way/);
  await panel.getByLabel('Stage variables').fill('env=test');
  await panel.getByRole('button', { name: 'Test', exact: true }).click();
  await focused(page, 'test-answer');
  await reads(panel, /Status 200[\s\S]*\/users\/a%20b%2Fc\?verbose=true[\s\S]*Latency/);
  await reads(panel.getByLabel('Execution log'), /Starting execution for request:[\s\S]*Method completed with status: 200/);
  await looks(page, 'method-test');
  // What was typed is there still after a look at another tab, and it is no operation that changed anything.
  await page.getByRole('tab', { name: 'Integration', exact: true }).click();
  await page.getByRole('tab', { name: 'Test', exact: true }).click();
  await reads(panel, /Status 200/);
  assert.equal(await panel.getByLabel('Query strings').inputValue(), 'verbose=true');
  await page.getByRole('tab', { name: 'History' }).click();
  await reads(page.locator('.drawer'), /23 operations\./);

  // A validator counts in a test; an answer of the gateway itself is one, too.
  await page.getByRole('tab', { name: 'Method', exact: true }).click();
  await page.getByRole('region', { name: 'Request parameters' }).getByRole('button', { name: 'Add parameter' }).click();
  await page.getByRole('form', { name: 'Add parameter' }).getByLabel('Name').fill('limit');
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'limit is required' }).check();
  await page.getByLabel('Request validator').selectOption({ label: 'Validate query string parameters and headers (new)' });
  await page.getByRole('tab', { name: 'Test', exact: true }).click();
  await panel.getByRole('button', { name: 'Test', exact: true }).click();
  await reads(panel, /Status 400[\s\S]*Missing required request parameters: \[limit\]/);
});

journey('documentation is written in parts, published to a stage as a version, and held by it', async ({ page, open }) => {
  await open();
  await page.keyboard.press('d');
  await page.getByRole('dialog', { name: 'Deploy API' }).getByLabel('Stage name').fill('prod');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Stage details: prod' }).waitFor();
  const panel = await screen(page, 'Documentation');
  await reads(panel, /Nothing is documented yet/);
  await panel.getByRole('button', { name: 'Create documentation part' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create documentation part' });
  await dialog.getByLabel('Type').selectOption('METHOD');
  await dialog.getByLabel('Path').fill('/users');
  await dialog.getByLabel('Method').selectOption('GET');
  await dialog.getByLabel('Properties (JSON)').fill('[1]');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await reads(dialog.getByRole('alert'), /^Documentation part properties must be a valid JSON object/);
  await dialog.getByLabel('Properties (JSON)').fill('{"summary":"All users"}');
  await looks(page, 'documentation-create');
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await focused(page, 'item-title');
  await reads(panel, /GET \/users[\s\S]*METHOD/);
  const properties = panel.getByLabel('Properties (JSON)');
  await properties.fill('{"summary":"Every user"}');
  await properties.press('Control+s');
  await panel.getByRole('link', { name: /All documentation/ }).click();
  const parts = panel.getByRole('list', { name: 'Documentation parts' });
  await reads(parts.getByRole('link', { name: /^GET \/users/ }), /Every user/);

  // What has no part yet is listed by type, and gets one in two clicks.
  const gaps = panel.getByRole('region', { name: 'Undocumented' });
  const listed = await page.evaluate(async () => {
    const [api] = (await stagecraft.request({ method: 'GET', path: '/restapis' })).body.item;
    const path = `/restapis/${api.id}/documentation/parts?locationStatus=UNDOCUMENTED&limit=500`;
    return (await stagecraft.request({ method: 'GET', path })).body.item.map(({ location }) => location.type);
  });
  await reads(gaps.getByLabel('Type'), new RegExp(`^All types \\(${listed.length}\\)[^]*API \\(1\\)[^]*METHOD \\(${listed.filter((type) => type === 'METHOD').length}\\)`));
  await gaps.getByLabel('Type').selectOption('METHOD');
  await gaps.getByRole('link', { name: 'POST /users', exact: true }).waitFor();
  assert.equal(await gaps.getByRole('link', { name: /^GET \/users$/ }).count(), 0, 'what has a part is not listed');
  await looks(page, 'documentation-open');
  await gaps.getByRole('link', { name: 'POST /users', exact: true }).click();
  await focused(page, 'item-title');
  await panel.getByLabel('Properties (JSON)').fill('[]');
  await panel.getByRole('button', { name: 'Create documentation part' }).click();
  await reads(panel.getByRole('alert'), /^Documentation part properties must be a valid JSON object/);
  await focused(page, 'open-properties');
  await looks(page, 'documentation-write');
  await panel.getByLabel('Properties (JSON)').fill('{"summary":"A new user"}');
  await panel.getByRole('button', { name: 'Create documentation part' }).click();
  await page.getByText('Documented POST /users.').waitFor();
  await focused(page, 'item-title');
  await reads(panel, /Part ID[^]*METHOD[^]*POST/);
  await page.goBack();
  await reads(panel, /Part ID/, 'the thing has its part now');
  await panel.getByRole('link', { name: /All documentation/ }).click();
  await reads(parts.getByRole('link', { name: /^POST \/users/ }), /A new user/);

  // Parts come from a document, too.
  await panel.getByText('Import documentation').click();
  await panel.getByLabel('Document (JSON)').fill('{');
  await panel.getByRole('button', { name: 'Import', exact: true }).click();
  await panel.getByRole('alert').waitFor();
  const document = { openapi: '3.0.1', info: {}, 'x-amazon-apigateway-documentation': { documentationParts: [
    { location: { type: 'METHOD', path: '/users', method: 'GET' }, properties: { description: 'Of all countries' } },
    { location: { type: 'NOTHING' }, properties: {} },
  ] } };
  await panel.getByLabel('Document (JSON)').fill(JSON.stringify(document));
  await panel.getByLabel('Mode').selectOption('merge');
  await panel.getByRole('button', { name: 'Import', exact: true }).click();
  await reads(panel.getByRole('status'), /1 part imported\.\s+Documentation part 2:/);
  await reads(parts.getByRole('link', { name: /^GET \/users/ }), /Every user|Of all countries/);
  await looks(page, 'documentation-import');

  // A version freezes the parts; a stage that names it holds it.
  await panel.getByRole('button', { name: 'Publish documentation' }).click();
  const form = page.getByRole('form', { name: 'Publish documentation' });
  await form.getByRole('button', { name: 'Add' }).click();
  await reads(form.getByRole('alert'), /^Documentation version cannot be blank/);
  await form.getByLabel('Version').fill('1.0');
  await form.getByRole('button', { name: 'Add' }).click();
  await reads(panel, /1\.0\s*2 parts/);
  await looks(page, 'documentation');
  await panel.getByRole('link', { name: '1.0' }).click();
  await focused(page, 'item-title');
  await reads(panel, /No stage names it\./);
  await panel.getByRole('button', { name: 'Publish to prod' }).click();
  await reads(panel, /Used by\s*Stage prod/);
  assert.equal((await ask(page, 'GET', '/stages/prod')).documentationVersion, '1.0');
  await panel.getByLabel('Description').fill('First');
  await page.keyboard.press('Enter');
  await looks(page, 'documentation-version');
  await panel.getByRole('button', { name: 'Delete version' }).click();
  await reads(page.getByRole('dialog'), /Cannot delete documentation version '1\.0', is referenced in stage: prod/);
  await page.keyboard.press('Escape');
  await panel.getByRole('link', { name: /All documentation/ }).click();
  await parts.getByRole('link', { name: /^GET \/users/ }).click();
  await panel.getByRole('button', { name: 'Delete documentation part' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete part' }).click();
  await page.getByText('Deleted the documentation of GET /users.').waitFor();
  await focused(page, 'page-title');
  await reads(panel, /1\.0\s*prod\s*2 parts/);
});

journey('an API is tagged in its settings', async ({ page, open }) => {
  await open();
  await page.getByRole('tab', { name: 'Settings' }).click();
  const tags = page.getByRole('region', { name: 'Tags' });
  await tags.getByRole('button', { name: 'Add tag' }).click();
  await page.getByLabel('Key', { exact: true }).fill('aws:team');
  await page.keyboard.press('Enter');
  await reads(tags.getByRole('alert'), /^Tag keys must not begin with aws:/);
  await page.getByLabel('Key', { exact: true }).fill('team');
  await page.getByLabel('Value', { exact: true }).fill('payments');
  await page.keyboard.press('Enter');
  await tags.getByLabel('team', { exact: true }).fill('orders');
  await page.keyboard.press('Enter');
  await becomes(page, async () => (await ask(page, 'GET', '')).tags, { team: 'orders' });
  await looks(page, 'tags');
  await tags.getByRole('button', { name: 'Remove team' }).click();
  await focused(page, 'tags-title');
  assert.deepEqual((await ask(page, 'GET', '')).tags ?? {}, {});
});

journey('an API that a domain name maps to says so before it is deleted', async ({ page, open }) => {
  await open();
  await page.evaluate(async () => {
    const ask = async (method, path, body) => (await globalThis.stagecraft.request({ method, path, body })).body;
    const [{ id }] = (await ask('GET', '/restapis')).item;
    const regionalCertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/11112222-3333-4444-5555-666677778888';
    await ask('POST', '/domainnames', {
      domainName: 'api.example.com', regionalCertificateArn, endpointConfiguration: { types: ['REGIONAL'] },
    });
    await ask('PATCH', `/restapis/${id}`, {
      patchOperations: [{ op: 'replace', path: '/endpointConfiguration/types/EDGE', value: 'REGIONAL' }],
    });
    await ask('POST', '/domainnames/api.example.com/basepathmappings', { restApiId: id });
  });
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Delete UsersAPI' }).click();
  const question = page.getByRole('dialog', { name: 'Delete UsersAPI?' });
  await reads(question, /Please remove all base path mappings related to the RestApi in your domains: api\.example\.com/);
  assert.equal(await question.getByRole('button', { name: 'Delete API' }).getAttribute('aria-disabled'), 'true');
  await accessible(page);
  await question.getByRole('button', { name: 'Delete API' }).click({ force: true });
  await atRest(page);
  assert.equal(await question.isVisible(), true);
  await page.keyboard.press('Escape');
  assert.equal((await ask(page, 'GET', '')).name, 'UsersAPI');
});
