// `window.stagecraft`: what scripts can do, that the screen follows, and that nothing a script brings in becomes more
// than text.

import assert from 'node:assert/strict';
import { journey, open as load } from './support.mjs';

// Runs a call in the page and brings back its answer, or the error that it was rejected with.
const call = (page, name, given) =>
  page.evaluate(([name, given]) => globalThis.stagecraft[name](given).then(
    (answer) => ({ answer: answer && JSON.parse(JSON.stringify(answer)) }),
    (error) => ({ error: `${error.name}: ${error.message}` }),
  ), [name, given]);

const request = async (page, method, path, body) => (await call(page, 'request', { method, path, body })).answer;

// A new API with GET on its root, answered by a MOCK integration; its id.
async function makeApi(page, name) {
  const { body: { id, rootResourceId } } = await request(page, 'POST', '/restapis', { name });
  const method = `/restapis/${id}/resources/${rootResourceId}/methods/GET`;
  for (const [path, body] of [
    [method, { authorizationType: 'NONE' }],
    [`${method}/responses/200`, {}],
    [`${method}/integration`, { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } }],
    [`${method}/integration/responses/200`, { responseTemplates: { 'application/json': '{"hello": "$context.stage"}' } }],
  ]) {
    assert.equal((await request(page, 'PUT', path, body)).status, 201, path);
  }
  return { id, method, rootResourceId };
}

journey('a script deploys and calls, and the screen, undo and the history follow', async ({ page, open }) => {
  await open();
  await page.evaluate(() => globalThis.stagecraft.reset());
  await page.getByText('This workspace has no API').waitFor();
  const { id } = await makeApi(page, 'ScriptedAPI');
  await page.locator('#map').getByText('ScriptedAPI').first().waitFor();

  const deployed = await request(page, 'POST', `/restapis/${id}/deployments`, { stageName: 'dev', description: 'by a script' });
  assert.equal(deployed.status, 201);
  assert.deepEqual(deployed.headers, { 'Content-Type': 'application/json' });
  await page.getByRole('button', { name: /^Deployment D1/ }).waitFor();

  const url = `https://${id}.execute-api.us-east-1.amazonaws.com/dev/`;
  const { answer } = await call(page, 'invoke', { url, headers: { Accept: 'application/json', 'X-Many': ['a', 'b'] } });
  assert.equal(answer.status, 200);
  assert.deepEqual(JSON.parse(answer.body), { hello: 'dev' });
  assert.equal(answer.headers['Content-Type'], 'application/json');
  assert.equal(answer.deploymentId, deployed.body.id);
  assert.equal(answer.stage, 'dev');
  assert.deepEqual(answer.trace.slice(0, 3).map(({ step, outcome }) => [step, outcome]), [['hostname', 'passed'], ['stage', 'passed'], ['path', 'passed']]);
  assert.ok(answer.trace.every(({ reason }) => reason.length > 0));
  await page.getByRole('region', { name: 'Answer' }).getByText('answered by D1').waitFor();

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: /^Deployment D1/ }).waitFor({ state: 'detached' });
  assert.equal((await request(page, 'GET', `/restapis/${id}/stages/dev`)).status, 404);
});

journey('a request answers what AWS answers, refusals included', async ({ page, open }) => {
  await open();
  const list = await request(page, 'GET', '/restapis');
  assert.equal(list.status, 200);
  assert.deepEqual(list.body.item.map(({ name }) => name), ['UsersAPI']);
  const { id } = list.body.item[0];

  const missing = await request(page, 'GET', `/restapis/${id}/stages/nowhere`);
  assert.deepEqual([missing.status, missing.headers['x-amzn-ErrorType'], missing.body.message], [404, 'NotFoundException', 'Invalid Stage identifier specified']);
  assert.equal((await request(page, 'GET', '/no/such/thing')).status, 403);

  // The query in all its forms.
  const forms = [{ path: `/restapis/${id}/resources?limit=1` }, { query: 'limit=1' }, { query: '?limit=1' }, { query: { limit: 1 } }, { query: { limit: '1' } }];
  for (const form of forms) {
    const { answer } = await call(page, 'request', { method: 'get', path: `/restapis/${id}/resources`, ...form });
    assert.equal(answer.body.item.length, 1, JSON.stringify(form));
    assert.ok(answer.body.position);
  }
  const { answer } = await call(page, 'request', { method: 'GET', path: `/restapis/${id}/resources`, query: { embed: ['methods'] } });
  assert.ok(answer.body.item.some(({ resourceMethods }) => resourceMethods?.GET?.httpMethod === 'GET'));

  // A body as text is the same as one as an object; no body in the answer is null.
  const made = await call(page, 'request', { method: 'POST', path: '/restapis', body: '{"name": "Second"}' });
  assert.equal(made.answer.status, 201);
  const gone = await request(page, 'DELETE', `/restapis/${made.answer.body.id}`);
  assert.deepEqual([gone.status, gone.body], [202, null]);
});

journey('reading leaves nothing to undo', async ({ page, open }) => {
  await open();
  assert.equal((await request(page, 'GET', '/restapis')).status, 200);
  assert.equal(await page.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled'), 'true');
});

journey('what makes no sense is refused with a sentence, and nothing changes', async ({ page, open }) => {
  await open();
  const rows = [
    ['request', undefined, /^TypeError: stagecraft\.request: it takes an object/],
    ['request', 'GET /restapis', /^TypeError: stagecraft\.request: it takes an object/],
    ['request', {}, /^TypeError: stagecraft\.request: "method" must be a text/],
    ['request', { method: 'GET' }, /"path" must be a text/],
    ['request', { method: 7, path: '/' }, /"method" must be a text/],
    ['request', { method: 'GET', path: '/restapis', query: 7 }, /"query" must be an object/],
    ['request', { method: 'GET', path: '/restapis', query: { limit: {} } }, /"query" must be an object/],
    ['invoke', {}, /"url" must be a text/],
    ['invoke', { url: 'https://x/', headers: ['Accept'] }, /"headers" must be an object/],
    ['invoke', { url: 'https://x/', body: { a: 1 } }, /"body" must be a text/],
  ];
  for (const [name, given, message] of rows) {
    const { error } = await call(page, name, given);
    assert.match(error ?? 'it was not refused', message, `${name} ${JSON.stringify(given)}`);
  }
  const odd = await page.evaluate(async () => {
    const circle = {};
    circle.self = circle;
    const given = [
      ['request', { method: 'POST', path: '/restapis', body: circle }],
      ['request', { method: 'POST', path: '/restapis', body: () => 1 }],
      ['request', { method: 'POST', path: '/restapis', get body() { throw new RangeError('a trap'); } }],
      ['request', { method: 'POST', path: '/restapis', body: 'x'.repeat(2 ** 24 + 1) }],
      ['invoke', { url: 'https://x/', headers: { *[Symbol.iterator]() { for (;;) yield ['a', 'b']; } } }],
      ['request', { method: 'GET', path: '/restapis', query: { many: new Array(20_000).fill('x') } }],
    ];
    return Promise.all(given.map(([name, value]) => globalThis.stagecraft[name](value).then(() => 'not refused', (error) => error.name)));
  });
  assert.deepEqual(odd, ['TypeError', 'TypeError', 'RangeError', 'RangeError', 'RangeError', 'RangeError']);

  // Text that is not JSON is AWS's to refuse, and deep nesting is no trap.
  assert.equal((await call(page, 'request', { method: 'POST', path: '/restapis', body: '{' })).answer.status, 400);
  assert.equal((await call(page, 'request', { method: 'POST', path: '/restapis', body: '['.repeat(100_000) })).answer.status, 400);
  assert.equal((await request(page, 'GET', '/restapis')).body.item.length, 1);
});

journey('the object cannot be changed, and says its version', async ({ page, open }) => {
  await open();
  const seen = await page.evaluate(() => {
    try { globalThis.stagecraft.request = null; } catch { /* in strict code it throws */ }
    return [Object.isFrozen(globalThis.stagecraft), typeof globalThis.stagecraft.request, globalThis.stagecraft.version];
  });
  assert.deepEqual([seen[0], seen[1]], [true, 'function']);
  assert.match(seen[2], /^\d+\.\d+\.\d+/);
});

// ---- hostile texts ----

const HOSTILE = [
  '<script>globalThis.pwned = 1</script>',
  '"><script>globalThis.pwned = 1</script>',
  "'><img src=x onerror=globalThis.pwned=1>",
  '<img src=x onerror="globalThis.pwned=1">',
  '<svg onload=globalThis.pwned=1>',
  '</title></style></textarea></script><script>globalThis.pwned=1</script>',
  '<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>',
  'javascript:globalThis.pwned=1//',
  '" onfocus="globalThis.pwned=1" autofocus="',
  "' style='x:expression(globalThis.pwned=1)",
  '{{constructor.constructor("globalThis.pwned=1")()}}',
  '${globalThis.pwned=1}',
  '&lt;script&gt;globalThis.pwned=1&lt;/script&gt;',
  '<a href="javascript:globalThis.pwned=1">click</a>',
  '<math><mi xlink:href="data:x,<script>pwned=1</script>">',
  '\u202e<b>right to left</b>\u0000\u0007]]><![CDATA[',
];

journey('hostile texts are shown as texts, wherever they come from', { timeout: 300_000 }, async ({ page, open }) => {
  const dialogs = [];
  page.on('dialog', (dialog) => { dialogs.push(dialog.message()); void dialog.dismiss(); });
  await open();
  const kinds = 'script, iframe, img, object, embed, math, title, a[href^="javascript"], [onerror], [onload], [onfocus]';
  const count = () => page.evaluate((kinds) => {
    const found = [...document.querySelectorAll(kinds)];
    return found.filter((element) => !(element.localName === 'title' && (element.closest('svg') || element.closest('head')))).map((element) => element.outerHTML.slice(0, 120));
  }, kinds);
  const before = await count();

  for (const text of HOSTILE) {
    await page.evaluate(() => globalThis.stagecraft.reset());
    const { id, method, rootResourceId } = await makeApi(page, text);
    const patch = (op, path, value) => ({ patchOperations: [{ op, path, value }] });
    const answers = [
      await request(page, 'PATCH', `/restapis/${id}`, patch('replace', '/description', text)),
      await request(page, 'PUT', `${method}/integration/responses/200`, { responseTemplates: { 'application/json': `#[[${text}]]#` }, responseParameters: {} }),
      await request(page, 'PUT', `${method}/integration`, { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}', [text]: text } }),
      await request(page, 'PUT', `${method}/integration/responses/200`, { responseTemplates: { 'application/json': `#[[${text}]]#` } }),
      await request(page, 'POST', `/restapis/${id}/resources/${rootResourceId}`, { pathPart: text }),
      await request(page, 'POST', `/restapis/${id}/resources/${rootResourceId}`, { pathPart: `{${text}}` }),
      await request(page, 'POST', `/restapis/${id}/deployments`, { stageName: 'dev', stageDescription: text, description: text, variables: { name: text, [text]: text } }),
      await request(page, 'POST', `/restapis/${id}/deployments`, { stageName: 'dev', stageDescription: text, description: text }),
      await request(page, 'POST', `/restapis/${id}/deployments`, { stageName: text }),
    ];
    assert.ok(answers.every(({ status }) => status < 500), JSON.stringify(answers));
    const url = `https://${id}.execute-api.us-east-1.amazonaws.com/dev/`;
    for (const given of [
      { url, headers: { 'X-Text': text, Accept: text }, body: text, method: 'GET' },
      { url: `${url}${text}`, headers: { [text]: 'x' } },
      { url: text },
      { url, method: text },
    ]) {
      const { answer } = await call(page, 'invoke', given);
      assert.ok(answer, JSON.stringify(given));
    }
    // Every screen that shows any of it.
    for (const place of ['resources', 'stages', 'stages/dev/urls', 'stages/dev/variables', 'stages/dev/history', 'stages/dev/changes', 'deployments', 'settings', `resources/${rootResourceId}/GET/integration`, `resources/${rootResourceId}/GET/responses`]) {
      await page.evaluate((hash) => new Promise((drawn) => {
        location.hash = hash;
        requestAnimationFrame(() => requestAnimationFrame(drawn));
      }), `#/${id}/${place}`);
      assert.deepEqual(await count(), before, `${place} made an element of ${text}`);
    }
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByRole('tab', { name: 'Request' }).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.deepEqual(await count(), before, `an element was made of ${text}`);
    assert.ok((await page.locator('#map').textContent()).length > 0);
  }
  // It is there, as text.
  const name = HOSTILE.at(3);
  await page.evaluate(() => globalThis.stagecraft.reset());
  await makeApi(page, name);
  await page.locator('header').getByText(name).first().waitFor();
  assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
  assert.deepEqual(dialogs, []);

  // The same through a link, in the share dialog and in the picture.
  await page.getByRole('button', { name: 'Share' }).first().click();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  await page.getByRole('tab', { name: 'Embed' }).click();
  const code = await page.getByLabel('Code for your page').inputValue();
  assert.ok(!code.slice(1).includes('<img'), code);
  await page.getByRole('tab', { name: 'Picture' }).click();
  await page.getByRole('img', { name: /^Map of/ }).waitFor();
  await load(page, new URL(link).hash);
  await page.locator('header').getByText(name).first().waitFor();
  assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
  assert.deepEqual(dialogs, []);
});
