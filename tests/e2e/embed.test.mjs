// The map on somebody's page: it shows what it was asked for, changes only when asked to, and touches neither its address
// nor anything that the visitor has saved.

import assert from 'node:assert/strict';
import { accessible, axe, journey, shot } from './support.mjs';

// A link to the sample with these stages, or to nothing at all, made on a page of its own.
async function payload(context, base, stages = ['dev', 'prod']) {
  const page = await context.newPage();
  await page.goto(base);
  await page.evaluate(async (stages) => {
    if (!stages) return globalThis.stagecraft.reset();
    const { body: { item: [{ id }] } } = await globalThis.stagecraft.request({ method: 'GET', path: '/restapis' });
    for (const stageName of stages) {
      await globalThis.stagecraft.request({ method: 'POST', path: `/restapis/${id}/deployments`, body: { stageName } });
    }
  }, stages);
  await page.getByRole('button', { name: 'Share' }).first().click();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  await page.close();
  return link.split('/s/')[1];
}

// From now on whatever the page does to the visitor's storage is written down; `spied` brings it back.
const spy = (context) => context.addInitScript(() => {
  globalThis.touched = [];
  for (const [holder, names] of [[IDBFactory.prototype, ['open', 'deleteDatabase', 'databases']], [Storage.prototype, ['getItem', 'setItem', 'removeItem', 'clear']], [History.prototype, ['pushState', 'replaceState']]]) {
    for (const name of names) {
      const real = holder[name];
      if (real) holder[name] = function (...given) { globalThis.touched.push(`${name} ${given[0]}`); return real.apply(this, given); };
    }
  }
  for (const name of ['localStorage', 'sessionStorage']) {
    const { get } = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { get() { globalThis.touched.push(name); return get.call(globalThis); } });
  }
});

const embedded = (width, source, height = 480) =>
  `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>A lesson</title><body style="margin:0"><main><h1>A lesson</h1><iframe src="${source.replaceAll('&', '&amp;')}" title="An API" width="${width}" height="${height}" allow="clipboard-write" style="border:0"></iframe></main></html>`;

journey('an embed shows only the map, and what it was asked for', async ({ context, page, base, open }) => {
  const link = await payload(context, base);
  await open(`#/embed/${link}`);
  await page.getByRole('button', { name: /^Deployment D2/ }).waitFor();
  assert.equal(await page.getByRole('region', { name: 'Invoke URLs' }).count(), 0);
  assert.equal(await page.getByRole('region', { name: 'Call a URL' }).count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Deploy API', exact: true }).count(), 0);
  await accessible(page);

  await page.goto('about:blank');
  await open(`#/embed/${link}?urls`);
  const urls = page.getByRole('region', { name: 'Invoke URLs' });
  assert.equal(await urls.getByRole('listitem').count(), 10);
  assert.equal(await page.getByRole('region', { name: 'Call a URL' }).count(), 0);
  await accessible(page);

  await page.goto('about:blank');
  await open(`#/embed/${link}?urls&call`);
  await page.getByRole('region', { name: 'Invoke URLs' }).getByRole('button', { name: /\/dev\/users$/ }).first().click();
  await page.getByRole('region', { name: 'Answer' }).getByText('answered by D1').waitFor();
  await accessible(page);
  await shot(page, 'embed');
});

journey('an embed is read-only unless it is asked to be changed', async ({ context, page, base, open }) => {
  const link = await payload(context, base);
  await open(`#/embed/${link}?call`);
  const change = () => page.evaluate(() => globalThis.stagecraft.request({ method: 'POST', path: '/restapis', body: { name: 'More' } }).then(({ status }) => status, ({ message }) => message));
  assert.match(await change(), /read-only/);
  assert.match(await page.evaluate(() => globalThis.stagecraft.reset().catch(({ message }) => message)), /read-only/);
  assert.equal((await page.evaluate(() => globalThis.stagecraft.request({ method: 'GET', path: '/restapis' }))).status, 200);
  for (const key of ['d', 'r', 'm', 's', 'Control+k', 'Delete', '?', '1']) await page.keyboard.press(key);
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.getByRole('button', { name: /^Stage dev/ }).click();
  assert.equal(await page.locator('.map-actions').count(), 0);
  assert.equal(await page.locator('.m-grab').count(), 0);

  await page.goto('about:blank');
  await open(`#/embed/${link}?edit`);
  await page.getByRole('button', { name: /^Stage dev/ }).click();
  await page.locator('.map-actions').getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Point at D2' }).click();
  await page.getByRole('button', { name: /^Stage dev.*D2/ }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: /^Stage dev.*D1/ }).waitFor();
  assert.equal(await change(), 201);
  await accessible(page);
});

journey('an embed touches neither its address nor the visitor\'s storage', async ({ context, page, base, host }) => {
  const link = await payload(context, base);
  await spy(context);
  const address = `${base}#/embed/${link}?urls&call&edit`;
  await page.goto(await host(embedded(900, address)));
  const frame = page.frame({ url: address });
  assert.ok(frame);
  await frame.getByRole('button', { name: /^Stage dev/ }).click();
  await frame.getByRole('region', { name: 'Invoke URLs' }).getByRole('button', { name: /\/dev\/users$/ }).first().click();
  await frame.getByRole('region', { name: 'Answer' }).getByText('answered by D1').waitFor();
  await frame.getByRole('button', { name: /^Deployment D2/ }).click();
  await frame.evaluate(async () => {
    const { body: { item: [{ id }] } } = await globalThis.stagecraft.request({ method: 'GET', path: '/restapis' });
    await globalThis.stagecraft.request({ method: 'DELETE', path: `/restapis/${id}/stages/prod` });
    await globalThis.stagecraft.request({ method: 'POST', path: '/restapis', body: { name: 'More' } });
    await globalThis.stagecraft.reset();
  });
  await frame.getByText('This workspace has no API').waitFor();
  assert.equal(frame.url(), address);
  assert.deepEqual(await frame.evaluate(() => globalThis.touched), []);
  assert.equal(await page.evaluate(() => history.length), await page.evaluate(() => { history.replaceState(null, ''); return history.length; }));
});

journey('an embed fits from 360 to 900 pixels', async ({ context, page, base, host }) => {
  const link = await payload(context, base);
  for (const width of [360, 640, 900]) {
    for (const options of ['', '?urls', '?urls&call', '?call&edit']) {
      const address = `${base}#/embed/${link}${options}`;
      await page.setViewportSize({ width: Math.max(width, 360), height: 700 });
      await page.goto(await host(embedded(width, address)));
      const frame = page.frame({ url: address });
      await frame.getByRole('button', { name: /^Deployment D2/ }).waitFor();
      const over = await frame.evaluate(() => [...document.querySelectorAll('.embed-bar *, main > *, section > *, li, button, input')]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 0.5)
        .filter((element) => !element.closest('.map-scroll, .steps, .visually-hidden'))
        .map((element) => element.outerHTML.slice(0, 100)));
      assert.deepEqual(over, [], `${width} ${options}: too wide`);
      await page.screenshot({ path: `target/screenshots/embed-${width}${options.replaceAll(/\W/g, '-')}.png` });
    }
    assert.deepEqual(await axe(page), [], `axe at ${width}`);
  }
});

journey('an embed opens in Stagecraft as a copy, in a tab of its own', async ({ context, page, base, host }) => {
  const link = await payload(context, base);
  const address = `${base}#/embed/${link}`;
  await page.goto(await host(embedded(900, address)));
  const anchor = page.frame({ url: address }).getByRole('link', { name: /Open in Stagecraft/ });
  assert.deepEqual([await anchor.getAttribute('target'), await anchor.getAttribute('rel')], ['_blank', 'noopener']);
  const [opened] = await Promise.all([context.waitForEvent('page'), anchor.click()]);
  await opened.getByRole('region', { name: 'Shared workspace' }).waitFor();
  assert.equal(opened.url(), `${base}#/s/${link}`);
});

journey('an embed is light or dark as its page asks', async ({ context, page, base, open }) => {
  const link = await payload(context, base);
  for (const [options, ground] of [['', 'light'], ['?dark', 'dark'], ['?light', 'light']]) {
    await page.goto('about:blank');
    await open(`#/embed/${link}${options}`);
    await page.getByRole('button', { name: /^Deployment D2/ }).waitFor();
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(Number(/oklch\(([\d.]+)/.exec(colour)?.[1]) < 0.5, ground === 'dark', `${options}: ${colour}`);
  }
  assert.equal(await page.evaluate(() => localStorage.getItem('theme')), null);
});

journey('a broken embed says so, and offers Stagecraft', async ({ page, open }) => {
  await open('#/embed/1AAAA?urls');
  await page.getByRole('heading', { name: 'This link cannot be opened' }).waitFor();
  const anchor = page.getByRole('link', { name: 'Open Stagecraft' });
  assert.equal(await anchor.getAttribute('target'), '_blank');
  await accessible(page);
});

journey('an embed of something never deployed says what is there, and has no button that does nothing', async ({ context, page, base, open }) => {
  const [never, nothing] = [await payload(context, base, []), await payload(context, base, null)];
  // What an embed that is only looked at cannot do.
  const dead = () => page.getByRole('button', { name: /^(deploy|create|next)/i }).allInnerTexts();
  for (const options of ['', '?urls', '?urls&call', '?call']) {
    await page.goto('about:blank');
    await open(`#/embed/${never}${options}`);
    const copy = page.getByRole('button', { name: /^Working copy of UsersAPI/ });
    await copy.waitFor();
    assert.deepEqual(await dead(), [], options);
    await copy.focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key);
    assert.ok(await page.evaluate(() => document.activeElement?.closest('#map')), 'the arrow keys lose nobody');
    if (!options) continue;
    const there = page.getByRole('region', { name: 'Resources and methods' });
    assert.match(await there.innerText(), /never deployed/);
    assert.equal(await there.getByRole('listitem').count(), 5);
    assert.equal(await page.getByRole('region', { name: 'Call a URL' }).count(), 0);
    await accessible(page);
    await shot(page, `embed-never${options.replaceAll(/\W/g, '-')}`);
  }
  await page.goto('about:blank');
  await open(`#/embed/${never}?urls&call&edit`);
  await page.getByRole('region', { name: 'Resources and methods' }).getByRole('button', { name: 'Deploy API' }).click();
  await page.getByRole('dialog', { name: /Deploy API/ }).waitFor();
  await page.getByRole('textbox', { name: 'Stage name' }).fill('dev');
  await page.getByRole('dialog').getByRole('button', { name: 'Deploy', exact: true }).click();
  await page.getByRole('region', { name: 'Invoke URLs' }).getByRole('listitem').first().waitFor();

  await page.goto('about:blank');
  await open(`#/embed/${nothing}?urls&call`);
  await page.getByText('This workspace has no API').waitFor();
  assert.deepEqual(await dead(), []);
  await accessible(page);
});

journey('an embed fetches no screen before it needs one', async ({ page, context, base, open }) => {
  const link = await payload(context, base);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  const screens = () => asked.filter((url) => url.includes('split_screens')).length;
  await open(`#/embed/${link}?urls&call&edit`);
  await page.getByRole('region', { name: 'Invoke URLs' }).getByRole('button', { name: /\/dev\/users$/ }).first().click();
  await page.getByRole('region', { name: 'Answer' }).getByText('answered by D1').waitFor();
  assert.equal(screens(), 0);
  const ran = await page.evaluate(() => globalThis.stagecraft.run('aws apigateway get-rest-apis'));
  assert.deepEqual([ran.exitCode, screens()], [0, 1]);
});
