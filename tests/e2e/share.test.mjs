// Sharing: a link opens as a copy and never over the visitor's own work; pictures and files come out whole; and what
// the page does when it cannot go on.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { NARROW, accessible, axe, journey, reads, shot, started } from './support.mjs';

// Deploys the sample, opens "Share" and brings back the link's fragment.
async function shareSample(page) {
  await page.evaluate(async () => {
    const { body: { item: [{ id }] } } = await globalThis.stagecraft.request({ method: 'GET', path: '/restapis' });
    for (const stageName of ['dev', 'prod']) {
      await globalThis.stagecraft.request({ method: 'POST', path: `/restapis/${id}/deployments`, body: { stageName, description: `for ${stageName}` } });
    }
  });
  await openShare(page);
  return new URL(await page.getByRole('textbox', { name: 'Link' }).inputValue()).hash;
}

async function openShare(page) {
  await page.getByRole('button', { name: 'Share' }).first().click();
  await page.getByRole('dialog', { name: 'Share' }).waitFor();
}

async function tab(page, name) {
  await page.getByRole('dialog').getByRole('tab', { name }).click();
}

// Runs something that downloads a file and brings its name and its text back.
async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

journey('a link opens as a copy, which can be changed, left and kept', async ({ page, open, base }) => {
  await open();
  const hash = await shareSample(page);
  assert.match(hash, /^#\/s\/2[\w-]+$/);
  await shot(page, 'share-link');
  await accessible(page);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByText('Link copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), base + hash);

  // In a tab of somebody else's.
  await open(hash);
  const banner = page.getByRole('region', { name: 'Shared workspace' });
  await banner.waitFor();
  await page.getByRole('button', { name: /^Deployment D2/ }).waitFor();
  await accessible(page);
  await shot(page, 'shared-copy');

  // Looking around and changing things leaves the link in the address.
  await page.getByRole('button', { name: /^Deployment D1/ }).click();
  await page.evaluate(async () => {
    const { body: { item: [{ id }] } } = await globalThis.stagecraft.request({ method: 'GET', path: '/restapis' });
    await globalThis.stagecraft.request({ method: 'DELETE', path: `/restapis/${id}/stages/prod` });
  });
  await banner.getByText('not saved unless you keep it').waitFor();
  assert.equal(new URL(page.url()).hash, hash);

  await banner.getByRole('button', { name: 'Keep a copy' }).click();
  await banner.waitFor({ state: 'detached' });
  await page.waitForFunction(() => /^#\/[a-z0-9]{10}\/deployments\//.test(location.hash));
  await page.getByRole('button', { name: /^Stage dev/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Stage prod/ }).count(), 0);

  // It is saved, beside what was there before.
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: /^Stage dev/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Stage prod/ }).count(), 0);
  await page.getByRole('button', { name: 'UsersAPI', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Workspaces' }).click();
  await page.getByRole('dialog').getByText('My workspace').nth(1).waitFor();
});

journey('going back from a link brings the own work', async ({ page, open }) => {
  await open();
  const hash = await shareSample(page);
  await open(hash);
  await page.getByRole('region', { name: 'Shared workspace' }).waitFor();
  await page.getByRole('button', { name: 'Back to my work' }).click();
  await page.waitForFunction(() => !location.hash.startsWith('#/s/') && !document.querySelector('.banner') && globalThis.stagecraft);
  await started(page);
  await page.getByRole('button', { name: /^Working copy/i }).first().waitFor();
});

journey('a link pasted into the address of an open page is followed, and so is one away from it', async ({ page, open }) => {
  await open();
  const hash = await shareSample(page);
  await page.keyboard.press('Escape');
  await page.evaluate((hash) => { location.hash = hash; }, hash);
  await page.getByRole('region', { name: 'Shared workspace' }).waitFor();
  await page.goBack();
  await page.waitForFunction(() => !document.querySelector('.banner') && globalThis.stagecraft);
});

journey('changes to a copy are not lost without a question', async ({ page, open }) => {
  await open();
  const hash = await shareSample(page);
  await open(hash);
  await page.getByRole('region', { name: 'Shared workspace' }).waitFor();
  await page.evaluate(() => globalThis.stagecraft.request({ method: 'POST', path: '/restapis', body: { name: 'Mine' } }));
  // A browser asks only on a page that was used.
  await page.locator('#map').click({ position: { x: 5, y: 5 } });
  const asked = new Promise((resolve) => page.once('dialog', async (dialog) => { resolve(dialog.type()); await dialog.dismiss(); }));
  await page.getByRole('button', { name: 'Back to my work' }).click({ noWaitAfter: true });
  assert.equal(await asked, 'beforeunload');
  await page.getByRole('region', { name: 'Shared workspace' }).waitFor();
});

journey('a broken link says what is wrong and offers the own work', async ({ page, open }) => {
  await open();
  const hash = await shareSample(page);
  const rows = [
    ['#/s/', /link is empty/],
    [hash.slice(0, -7), /cut off|damaged/],
    [`${hash.slice(0, 40)}A${hash.slice(41)}`, /damaged|cut off|cannot be/],
    [hash.replace(/^#\/s\/./, '#/s/9'), /version '9'/],
    [`${hash}%3Cscript%3E`, /which no link has/],
    [`#/s/1${'A'.repeat(70_000)}`, /longer than 65536/],
  ];
  for (const [broken, message] of rows) {
    await page.goto('about:blank');
    await open(broken);
    await page.getByRole('heading', { name: 'This link cannot be opened' }).waitFor();
    await reads(page.getByRole('main'), message, broken.slice(0, 80));
  }
  assert.match(await page.evaluate(() => globalThis.stagecraft.reset().catch(({ message }) => message)), /read-only/);
  await accessible(page);
  await shot(page, 'broken-link');
  await page.getByRole('button', { name: 'Open my workspace' }).click();
  await page.getByRole('button', { name: 'Deploy API' }).first().waitFor();
});

journey('a long link says that chats may cut it', async ({ page, open }) => {
  await open();
  await openShare(page);
  const length = async () => (await page.getByRole('textbox', { name: 'Link' }).inputValue()).length;
  assert.ok(await length() < 2000, `the sample's link is short: ${await length()}`);
  assert.equal(await page.getByText('Some chats and mail programs cut').count(), 0);
  await page.keyboard.press('Escape');
  await page.evaluate(async () => {
    for (let n = 0; n < 40; n++) {
      const description = Array.from(crypto.getRandomValues(new Uint8Array(60)), (byte) => byte.toString(36)).join('');
      await globalThis.stagecraft.request({ method: 'POST', path: '/restapis', body: { name: `API ${n}`, description } });
    }
  });
  await openShare(page);
  assert.ok(await length() > 2000);
  await page.getByText('Some chats and mail programs cut').waitFor();
  await accessible(page);
});

journey('the picture is one file that stands alone', async ({ page, open }) => {
  await open();
  await shareSample(page);
  await tab(page, 'Picture');
  await page.getByRole('img', { name: 'Map of UsersAPI' }).waitFor();
  await accessible(page);
  await shot(page, 'share-picture');
  const { name, text } = await downloaded(page, () => page.getByRole('button', { name: 'Download SVG' }).click());
  assert.equal(name, 'usersapi.svg');
  assert.match(text, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  assert.match(text, /<title[^>]*>Map of UsersAPI<\/title>/);
  assert.match(text, /prefers-color-scheme:dark/);
  assert.doesNotMatch(text, /<script|href=|url\(/);
});

journey('a workspace goes out as a file and comes in again', async ({ page, open }) => {
  await open();
  await shareSample(page);
  await tab(page, 'File');
  await accessible(page);
  await shot(page, 'share-file');
  const { name, text } = await downloaded(page, () => page.getByRole('button', { name: 'Download workspace' }).click());
  assert.match(name, /\.json$/);
  const file = JSON.parse(text);
  assert.deepEqual([file.format, file.version], ['stagecraft.workspace', 1]);

  const offer = (name, text) => page.getByLabel('Workspace file').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  for (const [broken, message] of [
    ['{', /not valid at line 1/],
    ['{"a": 1}', /not a Stagecraft workspace file/],
    [text.replace('"version": 1', '"version": 99'), /newer version/],
    [text.replace('CreateRestApi', 'LaunchRocket'), /Operation 1 .* cannot be read/],
    [text.replace('"stageName":"prod"', '"stageName":"no good"'), /refused/],
  ]) {
    await offer('broken.json', broken);
    await page.getByRole('alert').filter({ hasText: message }).waitFor();
  }
  await accessible(page);

  await page.keyboard.press('Escape');
  await page.evaluate(() => globalThis.stagecraft.reset());
  await page.getByText('This workspace has no API').waitFor();
  await openShare(page);
  await tab(page, 'File');
  await offer('good.json', text);
  await page.getByRole('button', { name: /^Stage prod/ }).waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
});

journey('the embed code is ready to copy', async ({ page, open, base, host }) => {
  await open();
  const hash = await shareSample(page);
  await tab(page, 'Embed');
  const code = page.getByLabel('Code for your page');
  const source = () => code.inputValue().then((text) => /src="([^"]*)"/.exec(text)[1].replaceAll('&amp;', '&'));
  assert.equal(await source(), `${base}${hash.replace('#/s/', '#/embed/')}?urls`);
  await page.getByLabel('The request pane, to call them').check();
  await page.getByLabel('Ways to change and deploy it').check();
  assert.ok((await source()).endsWith('?urls&call&edit'));
  await page.getByLabel('Theme', { exact: true }).selectOption('dark');
  assert.ok((await source()).endsWith('?urls&call&edit&dark'));
  await page.getByLabel('Width').selectOption('640');
  assert.match(await code.inputValue(), /width="640" height="480"/);
  await page.frameLocator('.preview iframe').getByRole('link', { name: 'Open in Stagecraft' }).waitFor();
  assert.deepEqual(await axe(page), []);
  await shot(page, 'share-embed');
  // What is copied works on a page of another origin.
  const address = await host(`<!doctype html><html lang="en"><title>A lesson</title><main>${await code.inputValue()}</main></html>`);
  await page.goto(address);
  await page.frameLocator('iframe').getByRole('button', { name: /^Deployment D2/ }).waitFor();
});

journey('on a phone the dialog has room', { viewport: NARROW }, async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Share' }).click();
  for (const name of ['Link', 'Embed', 'Picture', 'File']) {
    await tab(page, name);
    const over = await page.getByRole('dialog').evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
    assert.ok(over <= 0, `${name} is ${over} px too wide`);
  }
});

// The browser refuses to make the dialog's element, which nothing in the program expects: a real panic, in the very
// program that is shipped.
journey('a failure of the program leaves a page with the work and a way on', { expected: [/panicked at/, /unreachable|RuntimeError/, /can't create element/] }, async ({ page, open }) => {
  await open();
  await page.evaluate(() => globalThis.stagecraft.request({ method: 'POST', path: '/restapis', body: { name: 'The last step' } }));
  await page.evaluate(() => {
    const create = Document.prototype.createElement;
    Document.prototype.createElement = function (name, ...rest) {
      if (name === 'dialog') throw new DOMException('refused by the test');
      return create.call(this, name, ...rest);
    };
  });
  await page.keyboard.press('Control+k');
  await page.getByRole('heading', { name: 'Stagecraft has stopped' }).waitFor();
  await reads(page.getByRole('main'), /Your work (is|may not be) saved in this browser/);
  await page.getByText('What went wrong').click();
  await reads(page.locator('pre'), /panicked at/);
  await accessible(page);
  await shot(page, 'stopped');
  const { name, text } = await downloaded(page, () => page.getByRole('link', { name: 'Download my work' }).click());
  assert.match(name, /\.json$/);
  assert.match(text, /"name":"The last step"/);

  // Keys and clicks that the program still listens to do no harm.
  await page.keyboard.press('Control+z');
  await page.getByRole('heading', { name: 'Stagecraft has stopped' }).waitFor();

  await page.getByRole('button', { name: 'Load the page again' }).click();
  await page.getByRole('button', { name: 'Deploy API' }).first().waitFor();
});

// The bytes of a program whose only function does nothing but fail.
journey('so does a failure that is no panic', { expected: [/unreachable|RuntimeError/] }, async ({ page, open }) => {
  await open();
  await page.evaluate(() => globalThis.stagecraft.request({ method: 'POST', path: '/restapis', body: { name: 'The last step' } }));
  await page.evaluate(() => {
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    const { f } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports;
    setTimeout(f);
  });
  await page.getByRole('heading', { name: 'Stagecraft has stopped' }).waitFor();
  await page.getByText('What went wrong').click();
  await reads(page.locator('pre'), /unreachable/);
  const { text } = await downloaded(page, () => page.getByRole('link', { name: 'Download my work' }).click());
  assert.match(text, /"name":"The last step"/);
});

journey('after a failure a fresh start is one click away', { expected: [/panicked at/, /unreachable|RuntimeError/] }, async ({ page, open }) => {
  await open();
  await page.evaluate(() => {
    const create = Document.prototype.createElement;
    Document.prototype.createElement = function (name, ...rest) {
      if (name === 'dialog') throw new DOMException('refused by the test');
      return create.call(this, name, ...rest);
    };
  });
  await page.keyboard.press('Control+k');
  await page.getByRole('link', { name: 'Start fresh' }).click();
  await page.getByRole('button', { name: 'Deploy API' }).first().waitFor();
  assert.equal(new URL(page.url()).search, '', 'the address asks for a new workspace only once');
});
