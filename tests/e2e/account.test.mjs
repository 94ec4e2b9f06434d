// What belongs to the account: custom domain names, API keys, usage plans, client certificates, VPC links.

import assert from 'node:assert/strict';
import { NARROW, accessible, atRest, becomes, journey, reads, shot } from './support.mjs';

const WIDE = { width: 1440, height: 900 };
const ARN = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const ask = (page, method, path, body) => page.evaluate(
  async (request) => (await globalThis.stagecraft.request(request)).body, { method, path, body },
);

// A stage `dev` of the sample, deployed by keyboard.
async function deploy(page) {
  await page.keyboard.press('d');
  await page.getByRole('dialog', { name: 'Deploy API' }).getByLabel('Stage name').fill('dev');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Stage details: dev' }).waitFor();
  const [api] = (await ask(page, 'GET', '/restapis')).item;
  return api;
}

// Opens a screen from the tab "More".
async function screen(page, name) {
  await page.getByRole('tab', { name: 'More' }).click();
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('heading', { name, level: 2 }).waitFor();
}

const panel = (page) => page.locator('#editor-panel');
const noOverflow = async (page) => assert.equal(
  await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'no horizontal scroll',
);

// The screen as it is, wide and narrow, in both themes.
async function everywhere(page, name) {
  await atRest(page);
  await accessible(page);
  await page.setViewportSize(NARROW);
  await atRest(page);
  await noOverflow(page);
  await accessible(page);
  await page.setViewportSize(WIDE);
  await shot(page, name);
}

journey('a custom domain name is made, mapped to a stage, called and deleted', async ({ page, open }) => {
  await open();
  await deploy(page);
  await screen(page, 'Custom domain names');
  await reads(panel(page), /No custom domain name yet/);
  await everywhere(page, 'domains-empty');

  // What AWS refuses stands at its field.
  await panel(page).getByRole('button', { name: 'Create domain name' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create domain name' });
  await dialog.getByLabel('Domain name', { exact: true }).fill('api.example.com');
  await page.keyboard.press('Enter');
  await reads(dialog, /A certificate was not provided for the endpoint type REGIONAL\./);
  await dialog.getByLabel('ACM certificate ARN').fill('arn:aws:acm:eu-west-1:123456789012:certificate/1');
  await page.keyboard.press('Enter');
  await reads(dialog, /Certificate must be in 'us-east-1'\./);
  await everywhere(page, 'domains-create');
  await dialog.getByLabel('ACM certificate ARN').fill(ARN);
  await dialog.getByLabel('Tags - optional').fill('team=web');
  await page.keyboard.press('Enter');
  await page.getByText('Successfully created domain name api.example.com.').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'item-title');
  await reads(panel(page), /API Gateway domain name\s*d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com/);
  await reads(panel(page), /Hosted zone ID\s*Z1UJRXOUMOOFQ8/);
  await reads(panel(page), /Nothing is mapped: every URL at api\.example\.com answers 403/);

  // A mapping: the path of two segments is refused, one is taken, and it can be called.
  await panel(page).getByRole('button', { name: 'Add API mapping' }).click();
  await panel(page).getByLabel('Path - optional').fill('v1/orders');
  await page.keyboard.press('Enter');
  await reads(panel(page).getByRole('alert'), /doesn't support the slash character/);
  await panel(page).getByLabel('Path - optional').fill('v1');
  await page.keyboard.press('Enter');
  await reads(panel(page), /https:\/\/api\.example\.com\s*\/v1/);
  await panel(page).getByRole('button', { name: 'Call' }).click();
  await page.getByText('answered by D1', { exact: true }).waitFor();
  assert.match(await page.locator('.compose-line input').inputValue(), /^https:\/\/api\.example\.com\/v1\//);

  // Another without a stage.
  await panel(page).getByRole('button', { name: 'Add API mapping' }).click();
  await panel(page).getByLabel('API and stage').selectOption({ label: 'UsersAPI → the caller names the stage' });
  await panel(page).getByRole('button', { name: 'Add', exact: true }).click();
  await reads(panel(page), /\(none\)/);
  await reads(panel(page), /https:\/\/api\.example\.com\s*\/\{stage\}/);
  await everywhere(page, 'domain');

  // Its path changes in place.
  await panel(page).getByTitle('Edit API mapping /v1').click();
  await panel(page).getByLabel('Path', { exact: true }).fill('v2');
  await page.keyboard.press('Enter');
  await reads(panel(page), /https:\/\/api\.example\.com\s*\/v2/);
  await page.waitForFunction(() => document.activeElement?.id === 'mappings-title');
  const mappings = (await ask(page, 'GET', '/domainnames/api.example.com/basepathmappings')).item;
  assert.deepEqual(mappings.map((mapping) => mapping.basePath).sort(), ['(none)', 'v2']);
  await panel(page).getByLabel('Security policy').selectOption('SecurityPolicy_TLS13_1_3_2025_09');
  await panel(page).getByLabel('Endpoint access mode').selectOption('STRICT');
  const truststore = panel(page).getByLabel('Mutual TLS: truststore URI');
  await truststore.fill('bucket');
  await page.keyboard.press('Enter');
  await reads(panel(page).getByRole('alert'), /s3:\/\/bucket-name\/key-name/);
  await truststore.fill('s3://bucket/key.pem');
  await page.keyboard.press('Enter');
  await atRest(page);
  const domain = await ask(page, 'GET', '/domainnames/api.example.com');
  assert.deepEqual(
    [domain.securityPolicy, domain.endpointAccessMode, domain.mutualTlsAuthentication.truststoreUri, domain.tags],
    ['SecurityPolicy_TLS13_1_3_2025_09', 'STRICT', 's3://bucket/key.pem', { team: 'web' }],
  );

  // What goes with it is said, and undo brings it back.
  await panel(page).getByRole('button', { name: 'Delete domain name' }).click();
  const question = page.getByRole('dialog', { name: 'Delete api.example.com?' });
  await reads(question, /Its 2 API mappings go with it: \/, \/v2\..* Undo brings it back\./s);
  await accessible(page);
  await question.getByRole('button', { name: 'Delete domain name' }).click();
  await page.getByText('Deleted domain name api.example.com.', { exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'page-title');
  await page.keyboard.press('Control+z');
  await panel(page).getByRole('link', { name: /^api\.example\.com/ }).waitFor();

  // It is in the history at once.
  await page.getByRole('tab', { name: 'History' }).click();
  await reads(page.getByRole('tabpanel', { name: 'History' }), /CreateDomainName|api\.example\.com/);
});

journey('a private API and a private domain name name their VPC endpoints', async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: /UsersAPI/ }).first().click();
  await page.getByRole('menuitem', { name: 'Create API' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create API' });
  await dialog.getByLabel('API name').fill('Inside');
  assert.equal(await dialog.getByLabel('VPC endpoint IDs').count(), 0);
  await dialog.getByLabel('API endpoint type').selectOption('PRIVATE');
  await dialog.getByLabel('VPC endpoint IDs').fill('vpce-1, vpce-2');
  await everywhere(page, 'api-private-create');
  await dialog.getByRole('button', { name: 'Create API' }).click();
  await dialog.waitFor({ state: 'detached' });
  const inside = async () => (await ask(page, 'GET', '/restapis')).item.find(({ name }) => name === 'Inside');
  assert.deepEqual((await inside()).endpointConfiguration.vpcEndpointIds, ['vpce-1', 'vpce-2']);
  await page.getByRole('tab', { name: 'Settings' }).click();
  const ids = panel(page).getByRole('region', { name: 'VPC endpoint IDs' });
  await ids.getByRole('button', { name: 'Add VPC endpoint' }).click();
  await ids.getByRole('button', { name: 'Add', exact: true }).click();
  await reads(ids.getByRole('alert'), /^Enter a value, such as vpce-/);
  await ids.getByLabel('VPC endpoint ID', { exact: true }).fill('vpce-2');
  await page.keyboard.press('Enter');
  await reads(ids.getByRole('alert'), /^vpce-2 is there already/);
  await ids.getByLabel('VPC endpoint ID', { exact: true }).fill('vpce-3');
  await page.keyboard.press('Enter');
  await ids.getByRole('button', { name: 'Remove vpce-1' }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'vpc-title');
  assert.deepEqual((await inside()).endpointConfiguration.vpcEndpointIds, ['vpce-2', 'vpce-3']);
  await everywhere(page, 'api-private');
  await panel(page).getByLabel('API endpoint type').selectOption('REGIONAL');
  await ids.waitFor({ state: 'detached' });

  await screen(page, 'Custom domain names');
  await panel(page).getByRole('button', { name: 'Create domain name' }).click();
  const form = page.getByRole('dialog', { name: 'Create domain name' });
  await form.getByLabel('Domain name', { exact: true }).fill('inside.example.com');
  await form.getByLabel('API endpoint type').selectOption('PRIVATE');
  await form.getByLabel('ACM certificate ARN').fill(ARN);
  await form.getByLabel('VPC endpoint IDs').fill('vpce-1');
  await form.getByLabel('Resource policy').fill('{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}]}');
  await form.getByRole('button', { name: 'Create domain name' }).click();
  await page.getByText('Successfully created domain name inside.example.com.').waitFor();
  await ids.getByRole('button', { name: 'Add VPC endpoint' }).click();
  await ids.getByLabel('VPC endpoint ID', { exact: true }).fill('vpce-9');
  await page.keyboard.press('Enter');
  await ids.getByText('vpce-9').waitFor();
  const domain = (await ask(page, 'GET', '/domainnames')).item.find(({ domainName }) => domainName === 'inside.example.com');
  assert.deepEqual(domain.endpointConfiguration.vpcEndpointIds, ['vpce-1', 'vpce-9']);
  await everywhere(page, 'domain-private');
});

journey('an API key and a usage plan open a method, and what was used is shown', async ({ page, open }) => {
  await open();
  const [sample] = (await ask(page, 'GET', '/restapis')).item;
  await ask(page, 'PATCH', `/restapis/${sample.id}/resources/${sample.rootResourceId}/methods/GET`, {
    patchOperations: [{ op: 'replace', path: '/apiKeyRequired', value: 'true' }],
  });
  await deploy(page);
  await screen(page, 'API keys');
  await reads(panel(page), /No API key yet/);
  await panel(page).getByRole('button', { name: 'Create API key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create API key' });
  await dialog.getByLabel('Name').fill('partner-a');
  await dialog.getByLabel('API key', { exact: true }).selectOption('custom');
  await dialog.getByLabel('Value').fill('short');
  await page.keyboard.press('Enter');
  await reads(dialog, /API Key value should be at least 20 characters/);
  await everywhere(page, 'keys-create');
  await dialog.getByLabel('Value').fill('0123456789abcdefghij');
  await page.keyboard.press('Enter');
  await page.getByText('Successfully created API key partner-a.').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'item-title');
  assert.equal((await panel(page).innerText()).includes('0123456789abcdefghij'), false, 'the value is hidden');
  await panel(page).getByRole('button', { name: 'Show', exact: true }).click();
  await reads(panel(page), /0123456789abcdefghij/);
  await panel(page).getByRole('button', { name: 'Copy API key', exact: true }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '0123456789abcdefghij');
  await panel(page).getByRole('button', { name: 'Add tag' }).click();
  await panel(page).getByLabel('Key', { exact: true }).fill('aws:x');
  await page.keyboard.press('Enter');
  await reads(panel(page).getByRole('alert'), /reserved for AWS use/);
  await panel(page).getByLabel('Key', { exact: true }).fill('team');
  await panel(page).getByLabel('Value', { exact: true }).fill('web');
  await page.keyboard.press('Enter');
  assert.equal(await panel(page).getByLabel('team', { exact: true }).inputValue(), 'web');
  await everywhere(page, 'key');

  // A key needs no name: its id stands for it.
  await screen(page, 'API keys');
  await panel(page).getByRole('button', { name: 'Create API key' }).click();
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  await page.getByText(/^Successfully created API key [a-z0-9]{10}\.$/).waitFor();
  await panel(page).getByRole('button', { name: 'Delete API key' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete API key' }).click();
  await panel(page).getByRole('link', { name: /^partner-a/ }).click();

  // The stages that a key named before there were usage plans.
  const stages = panel(page).getByRole('region', { name: 'Stages (deprecated)' });
  await stages.getByRole('button', { name: 'Add stage' }).click();
  await stages.getByLabel('Stage', { exact: true }).selectOption({ label: 'UsersAPI → dev' });
  await stages.getByRole('button', { name: 'Add', exact: true }).click();
  await stages.getByText(`${sample.id}/dev`).waitFor();
  const [made] = (await ask(page, 'GET', '/apikeys')).item;
  assert.deepEqual(made.stageKeys, [`${sample.id}/dev`]);
  await stages.getByRole('button', { name: `Remove ${sample.id}/dev` }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'key-stages-title');

  // A plan with the stage; then the key.
  await screen(page, 'Usage plans');
  await panel(page).getByRole('button', { name: 'Create usage plan' }).click();
  const form = page.getByRole('dialog', { name: 'Create usage plan' });
  await form.getByLabel('Name').fill('Gold');
  await form.getByLabel('Rate (requests per second)').fill('many');
  await page.keyboard.press('Enter');
  await reads(form, /many is no number that can stand here/);
  await form.getByLabel('Rate (requests per second)').fill('100');
  await form.getByLabel('Burst (requests)').fill('200');
  await form.getByLabel('Quota (requests)').fill('10');
  await form.getByLabel('Associated stage').selectOption({ index: 1 });
  await everywhere(page, 'plans-create');
  await form.getByRole('button', { name: 'Create usage plan' }).click();
  await page.getByText('Successfully created usage plan Gold.').waitFor();
  await panel(page).getByRole('button', { name: 'Add API key' }).click();
  await panel(page).getByRole('button', { name: 'Add', exact: true }).click();
  await panel(page).getByRole('link', { name: 'partner-a' }).waitFor();

  // The method is open to the key alone.
  const url = `https://${sample.id}.execute-api.us-east-1.amazonaws.com/dev/`;
  const call = async (headers) => {
    const pane = page.locator('.compose-line input');
    await pane.fill(url);
    const more = page.getByText('Headers and body');
    if (!(await page.getByLabel('Headers').isVisible())) await more.click();
    await page.getByLabel('Headers').fill(headers);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
  };
  await page.getByRole('tab', { name: 'Request' }).click();
  await call('');
  await page.getByText('403', { exact: true }).first().waitFor();
  await call('x-api-key: 0123456789abcdefghij');
  await page.getByText('200', { exact: true }).first().waitFor();
  await reads(panel(page).getByRole('table'), /Sum\s+1/);
  await reads(panel(page).getByRole('table'), /\d{4}-\d\d-\d\d\s+1\s+9/);
  const remaining = panel(page).getByLabel('Extend: requests that remain');
  await remaining.fill('none');
  await page.keyboard.press('Enter');
  await reads(panel(page).getByRole('alert'), /Invalid remaining quota specified/);
  await remaining.fill('500');
  await page.keyboard.press('Enter');
  await reads(panel(page).getByRole('table'), /\s+500/);
  await panel(page).getByLabel('Start date').fill('yesterday');
  await reads(panel(page).getByRole('alert'), /Expected format is YYYY-MM-DD/);
  await panel(page).getByLabel('Start date').fill('2026-01-01');
  await reads(panel(page).getByRole('alert'), /up to 90 days/);

  // A method of its own speed.
  await panel(page).getByRole('button', { name: 'Add method throttling' }).click();
  await panel(page).getByLabel('Method', { exact: true }).selectOption({ label: 'GET /users/{userId}' });
  await panel(page).getByRole('button', { name: 'Add', exact: true }).click();
  await reads(panel(page), /Enter a rate, a burst, or both\./);
  const group = panel(page).getByRole('form', { name: 'Add method throttling' });
  await group.getByLabel('Rate (requests per second)').fill('5');
  await group.getByLabel('Burst (requests)').fill('6');
  await page.keyboard.press('Enter');
  const own = panel(page).getByRole('group', { name: 'GET /users/{userId}' });
  await own.waitFor();
  await own.getByLabel('Burst (requests)').fill('');
  await page.keyboard.press('Enter');
  const throttle = async () => (await ask(page, 'GET', '/usageplans')).item[0].apiStages[0].throttle;
  await becomes(page, throttle, { '/users/{userId}/GET': { rateLimit: 5 } });
  await everywhere(page, 'plan');

  // A plan with a stage cannot go; that is said before.
  await panel(page).getByRole('button', { name: 'Delete usage plan' }).click();
  const question = page.getByRole('dialog', { name: 'Delete usage plan Gold?' });
  await reads(question, /because there are API Stages associated with it/);
  assert.equal(await question.getByRole('button', { name: 'Delete usage plan' }).getAttribute('aria-disabled'), 'true');
  await accessible(page);
  await page.keyboard.press('Escape');
  await panel(page).getByRole('button', { name: /^Remove .* → dev$/ }).click();
  await reads(panel(page), /None yet: the keys of this plan open nothing\./);
  await panel(page).getByRole('button', { name: 'Delete usage plan' }).click();
  await question.getByRole('button', { name: 'Delete usage plan' }).click();
  await page.getByText('Deleted usage plan Gold.', { exact: true }).waitFor();

  // Keys come from a file, too, and a search finds them.
  await screen(page, 'API keys');
  await panel(page).getByText('Import API keys').click();
  await panel(page).getByLabel('Rows').fill('Name,Key\npartner-b,abcdefghij0123456789\nbad,short');
  await panel(page).getByRole('button', { name: 'Import', exact: true }).click();
  await reads(panel(page).getByRole('status'), /1 API key imported\.\s+Row 3: API Key value should be at least 20/);
  await panel(page).getByLabel('Search API keys').fill('partner-b');
  await becomes(page, () => panel(page).getByRole('list', { name: 'API keys' }).getByRole('link').count(), 1);
  await everywhere(page, 'keys');
});

journey('a client certificate and a VPC link are made, used and deleted', async ({ page, open }) => {
  await open();
  const api = await deploy(page);
  await screen(page, 'Client certificates');
  await panel(page).getByRole('button', { name: 'Generate certificate' }).click();
  await page.getByRole('dialog', { name: 'Generate client certificate' }).getByLabel('Description').fill('for orders');
  await page.keyboard.press('Enter');
  await page.getByText(/^Successfully generated client certificate [a-z0-9]{6}\.$/).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'item-title');
  const id = (await ask(page, 'GET', '/clientcertificates')).item[0].clientCertificateId;
  await panel(page).getByText('Show the text').click();
  await reads(panel(page), /-----BEGIN CERTIFICATE-----/);
  await reads(panel(page), /No stage shows it/);
  await ask(page, 'PATCH', `/restapis/${api.id}/stages/dev`, {
    patchOperations: [{ op: 'replace', path: '/clientCertificateId', value: id }],
  });
  await panel(page).getByRole('link', { name: 'UsersAPI → dev' }).waitFor();
  await everywhere(page, 'certificate');

  // While a stage shows it, it cannot go; that is said before, with the stage.
  await panel(page).getByRole('button', { name: 'Delete client certificate' }).click();
  const question = page.getByRole('dialog', { name: `Delete client certificate ${id}?` });
  await reads(question, new RegExp(`${api.id}:dev`));
  assert.equal(await question.getByRole('button', { name: 'Delete client certificate' }).getAttribute('aria-disabled'), 'true');
  await page.keyboard.press('Escape');
  await ask(page, 'PATCH', `/restapis/${api.id}/stages/dev`, {
    patchOperations: [{ op: 'replace', path: '/clientCertificateId', value: '' }],
  });
  await panel(page).getByRole('button', { name: 'Delete client certificate' }).click();
  await question.getByRole('button', { name: 'Delete client certificate' }).click();
  await page.getByText(`Deleted client certificate ${id}.`, { exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'page-title');

  await screen(page, 'VPC links');
  await panel(page).getByRole('button', { name: 'Create VPC link' }).click();
  const form = page.getByRole('dialog', { name: 'Create VPC link' });
  await form.getByLabel('Name').fill('orders');
  await form.getByLabel('Target NLB ARN').fill('not-an-arn');
  await page.keyboard.press('Enter');
  await reads(form, /Invalid ARN\. ARN is not well formed not-an-arn/);
  await accessible(page);
  await form.getByLabel('Target NLB ARN').fill('arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/orders/1');
  await page.keyboard.press('Enter');
  await page.getByText(/^Successfully created VPC link orders\./).waitFor();
  await panel(page).getByLabel('Name', { exact: true }).fill('');
  await page.keyboard.press('Enter');
  await reads(panel(page).getByRole('alert'), /Name cannot be empty/);
  await panel(page).getByLabel('Name', { exact: true }).fill('orders-link');
  await page.keyboard.press('Enter');
  await reads(panel(page).getByRole('heading', { level: 3 }).first(), /orders-link/);
  // The methods that stages answer by the link are named as people name them.
  await page.evaluate(async () => {
    const { stagecraft } = globalThis;
    const ask = async (method, path, body) => (await stagecraft.request({ method, path, body })).body;
    const [api] = (await ask('GET', '/restapis')).item;
    const [link] = (await ask('GET', '/vpclinks')).item;
    const root = `/restapis/${api.id}/resources/${api.rootResourceId}/methods/GET`;
    await ask('PUT', `${root}/integration`, {
      type: 'HTTP_PROXY', httpMethod: 'GET', uri: 'https://orders.example.com', connectionType: 'VPC_LINK', connectionId: link.id,
    });
    await ask('POST', `/restapis/${api.id}/deployments`, { stageName: 'linked' });
  });
  await reads(panel(page).getByRole('region', { name: 'Used by' }), /UsersAPI → linked\s+GET \//);
  await everywhere(page, 'vpc-link');
  const [{ id: owner }] = (await ask(page, 'GET', '/restapis')).item;
  await ask(page, 'DELETE', `/restapis/${owner}/stages/linked`);
  await reads(panel(page).getByRole('region', { name: 'Used by' }), /No stage answers by it/);
  await panel(page).getByRole('button', { name: 'Delete VPC link' }).click();
  await page.getByRole('dialog', { name: 'Delete VPC link orders-link?' }).getByRole('button', { name: 'Delete VPC link' }).click();
  await page.getByText('Deleted VPC link orders-link.', { exact: true }).waitFor();
});

journey('a stage is made with everything, and a method gets settings of its own', async ({ page, open }) => {
  await open();
  const api = await deploy(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Create stage' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create stage' });
  await dialog.getByLabel('Stage name').fill('prod');
  await dialog.getByText('Additional settings').click();
  await dialog.getByLabel('Provision API cache').selectOption('0.5');
  await dialog.getByLabel('X-Ray tracing').check();
  await dialog.getByLabel('Tags').fill('team=web');
  await dialog.getByLabel('Stage variables').fill('env');
  await dialog.getByRole('button', { name: 'Create stage' }).click();
  await reads(dialog.getByRole('alert'), /“env” is no variable/);
  await everywhere(page, 'stage-create');
  await dialog.getByLabel('Stage variables').fill('env=blue');
  await dialog.getByRole('button', { name: 'Create stage' }).click();
  const card = page.getByRole('region', { name: 'Stage details: prod' });
  await card.waitFor();
  const stage = () => ask(page, 'GET', `/restapis/${api.id}/stages/prod`);
  const made = await stage();
  assert.deepEqual(
    [made.cacheClusterSize, made.tracingEnabled, made.tags, made.variables],
    ['0.5', true, { team: 'web' }, { env: 'blue' }],
  );

  // The cache of all methods, and the way to empty it.
  await card.getByText('Additional settings', { exact: true }).click();
  await card.getByLabel('Cache time-to-live (seconds)').fill('4000');
  await page.keyboard.press('Enter');
  await reads(card.getByRole('alert'), /Invalid time-to-live setting, must be an integer no greater than 3600/);
  await card.getByLabel('Cache time-to-live (seconds)').fill('60');
  await page.keyboard.press('Enter');
  await card.getByLabel('Encrypt cache data').selectOption('true');
  await card.getByLabel('Unauthorized request handling').selectOption('FAIL_WITH_403');
  await card.getByRole('button', { name: 'Flush API cache' }).click();
  await page.getByText('The cache of prod is empty.').waitFor();
  await card.getByRole('button', { name: 'Flush authorizer cache' }).click();
  await page.getByText('prod forgets what its authorizers answered.').waitFor();
  const all = (await stage()).methodSettings['*/*'];
  assert.deepEqual(
    [all.cacheTtlInSeconds, all.cacheDataEncrypted, all.unauthorizedCacheControlHeaderStrategy], [60, true, 'FAIL_WITH_403'],
  );
  await everywhere(page, 'stage-cache');
  await card.getByText('Additional settings', { exact: true }).click();

  // One method differs: what it inherits stands beside each field.
  await card.getByText('Method overrides', { exact: true }).click();
  await card.getByRole('button', { name: 'Override a method' }).click();
  await card.getByLabel('Method', { exact: true }).selectOption({ label: 'GET /users/{userId}' });
  await card.getByRole('button', { name: 'Override', exact: true }).click();
  await reads(card, /The same as all methods now|All methods: 60\./);
  const ttl = card.getByLabel('Cache time-to-live (seconds)').last();
  await ttl.fill('5');
  await page.keyboard.press('Enter');
  await reads(card, /5 s in the cache/);
  await card.getByLabel('Method-level caching').last().selectOption('true');
  await becomes(page, async () => {
    const own = (await stage()).methodSettings['~1users~1{userId}/GET'];
    return [own.cacheTtlInSeconds, own.cachingEnabled, own.cacheDataEncrypted];
  }, [5, true, true]);
  await everywhere(page, 'stage-overrides');
  await card.getByRole('button', { name: 'Remove override of GET /users/{userId}' }).click();
  await page.getByText('GET /users/{userId} follows the settings of all methods again.').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'overrides-title');
  assert.deepEqual(Object.keys((await stage()).methodSettings), ['*/*']);

  // Tags, and the plans that hold the stage.
  await card.getByText('Tags (1)').click();
  await card.getByRole('button', { name: 'Remove team' }).click();
  await page.waitForFunction(() => document.activeElement?.id === 'stage-tags-title');
  await ask(page, 'POST', '/usageplans', { name: 'Gold', apiStages: [{ apiId: api.id, stage: 'prod' }] });
  await card.getByRole('link', { name: 'Gold' }).click();
  await page.getByRole('heading', { name: 'Gold', level: 3 }).waitFor();
});

journey('a workspace without an API has the screens of the account all the same', async ({ page, open }) => {
  await open();
  const [api] = (await ask(page, 'GET', '/restapis')).item;
  await ask(page, 'DELETE', `/restapis/${api.id}`);
  await screen(page, 'Usage plans');
  await panel(page).getByRole('button', { name: 'Create usage plan' }).click();
  const form = page.getByRole('dialog', { name: 'Create usage plan' });
  await page.keyboard.press('Enter');
  await reads(form, /Usage Plan name cannot be empty/);
  await form.getByLabel('Name').fill('Gold');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.id === 'item-title');
  assert.match(await page.evaluate(() => location.hash), /^#\/-\/plans\/[a-z0-9]{6}$/);
  await reads(panel(page), /There is no stage to associate: deploy an API first\./);

  // A quota gets a period of its own, and goes again.
  await panel(page).getByLabel('Requests', { exact: true }).fill('5');
  await page.keyboard.press('Enter');
  await panel(page).getByLabel('Period').selectOption('DAY');
  await panel(page).getByLabel('Offset').fill('2');
  await page.keyboard.press('Enter');
  const plan = async () => (await ask(page, 'GET', '/usageplans')).item[0];
  const quota = async () => (await plan()).quota;
  await becomes(page, quota, { limit: 5, offset: 2, period: 'DAY' });
  await panel(page).getByLabel('Requests', { exact: true }).fill('');
  await page.keyboard.press('Enter');
  await becomes(page, quota, undefined);

  // What is done in the console is there at once, and the address leads there.
  await page.getByRole('tab', { name: 'Console' }).click();
  await page.locator('.console-form textarea').fill('aws apigateway update-usage-plan --usage-plan-id '
    + `${(await plan()).id} --patch-operations op=replace,path=/throttle/rateLimit,value=7`);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#editor-panel input[id$="-rate"]')?.value === '7');
  await page.reload();
  await page.getByRole('heading', { name: 'Gold', level: 3 }).waitFor();
  await everywhere(page, 'plan-alone');
  await screen(page, 'Custom domain names');
  await panel(page).getByRole('button', { name: 'Create domain name' }).click();
  const made = page.getByRole('dialog', { name: 'Create domain name' });
  await made.getByLabel('Domain name', { exact: true }).fill('api.example.com');
  await made.getByLabel('API endpoint type').selectOption('EDGE');
  await made.getByLabel('ACM certificate ARN').fill(ARN);
  await page.keyboard.press('Enter');
  await reads(panel(page), /CloudFront domain name\s*d[a-z0-9]{13}\.cloudfront\.net/);
  await reads(panel(page), /There is no API to map to\./);
});
