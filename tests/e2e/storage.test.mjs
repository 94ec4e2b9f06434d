// The work is kept in the browser: as it is done, in every tab, whatever is wrong with the storage.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { journey, open as load, shot } from './support.mjs';

// Runs a request in a page; the answer must be of this status.
async function request(page, method, path, body, status = 201) {
  const answer = await page.evaluate((given) => stagecraft.request(given), { method, path, body });
  assert.equal(answer.status, status, `${method} ${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const createApi = (page, name) => request(page, 'POST', '/restapis', { name });

// The names of the APIs that a page shows.
async function apis(page) {
  const { item } = await request(page, 'GET', '/restapis', undefined, 200);
  return item.map(({ name }) => name).sort();
}

// Waits until something holds.
async function until(holds, what) {
  for (const deadline = Date.now() + 15_000; !await holds();) assert.ok(Date.now() < deadline, `it never happens: ${what}`);
}

// Waits until a page shows exactly these APIs.
const shows = (page, ...names) => until(async () => (await apis(page)).join() === names.sort().join(), `the page shows ${names}`);

const saved = (page) => page.getByRole('status').getByText('Saved', { exact: true }).waitFor();

// Opens the list of the workspaces that are stored; answers the dialog and their names.
async function workspaces(page) {
  await page.getByRole('banner').getByRole('button', { name: 'UsersAPI' }).click();
  await page.getByRole('menuitem', { name: 'Workspaces' }).click();
  const dialog = page.getByRole('dialog', { name: 'Workspaces' });
  await dialog.getByRole('listitem').first().waitFor();
  return { dialog, names: (await dialog.getByRole('listitem').locator('strong').allInnerTexts()).sort() };
}

// The text of a workspace's file, as its menu offers it.
async function fileOf(page, dialog, name) {
  await dialog.getByRole('button', { name: `More about ${name}` }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Download' }).click();
  return readFile(await (await download).path(), 'utf8');
}

// Opens a workspace of that list, unless it is open already.
async function openNamed(page, name) {
  const { dialog } = await workspaces(page);
  const row = dialog.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });
  if (await row.getByText('open', { exact: true }).count() > 0) return page.keyboard.press('Escape');
  await row.getByRole('button', { name: 'Open', exact: true }).click();
  return dialog.waitFor({ state: 'detached' });
}

// Another page of the same browser, once it has loaded what is stored.
async function secondTab(context) {
  const page = await context.newPage();
  await load(page);
  await saved(page);
  return page;
}

// A page hears nothing of other tabs any more.
const deafen = (page) => page.evaluate(() => {
  const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
  Object.defineProperty(MessageEvent.prototype, 'data', { get() { return this.target instanceof BroadcastChannel ? null : get.call(this); } });
});

journey('what one tab does the other shows, undo included', async ({ page, context, open }) => {
  await open();
  await saved(page);
  const other = await secondTab(context);
  await createApi(page, 'FromTheFirst');
  await shows(other, 'FromTheFirst', 'UsersAPI');
  await createApi(other, 'FromTheSecond');
  await shows(page, 'FromTheFirst', 'FromTheSecond', 'UsersAPI');
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await createApi(page, name);
  await shows(other, 'FromTheFirst', 'FromTheSecond', 'UsersAPI', 'a', 'b', 'c', 'd', 'e', 'f');
  await other.getByRole('button', { name: 'Undo' }).click();
  await shows(page, 'FromTheFirst', 'FromTheSecond', 'UsersAPI', 'a', 'b', 'c', 'd', 'e');
  const alerts = [...await page.getByRole('alert').allInnerTexts(), ...await other.getByRole('alert').allInnerTexts()];
  assert.deepEqual(alerts, [], 'nobody was in the way of anybody');
});

journey('two tabs that go different ways both go on, and neither loses anything', async ({ page, context, open }) => {
  await open();
  await saved(page);
  const other = await secondTab(context);
  await deafen(other);
  await createApi(page, 'FromTheFirst');
  await saved(page);
  await createApi(other, 'FromTheSecond');
  await other.getByRole('alert').getByText('What you did here goes on as “My workspace (copy)”').waitFor();
  await saved(other);
  assert.deepEqual(await apis(page), ['FromTheFirst', 'UsersAPI']);
  assert.deepEqual(await apis(other), ['FromTheSecond', 'UsersAPI']);
  await shot(other, 'storage-two-tabs');

  // From then on they do not touch each other.
  await createApi(page, 'FirstAgain');
  await createApi(other, 'SecondAgain');
  await saved(other);
  assert.deepEqual((await workspaces(other)).names, ['My workspace', 'My workspace (copy)']);
  await other.keyboard.press('Escape');
  await openNamed(other, 'My workspace');
  await shows(other, 'FirstAgain', 'FromTheFirst', 'UsersAPI');
  await page.close();
  await other.close();
  const again = await secondTab(context);
  await shows(again, 'FirstAgain', 'FromTheFirst', 'UsersAPI');
  await openNamed(again, 'My workspace (copy)');
  await shows(again, 'FromTheSecond', 'SecondAgain', 'UsersAPI');
});

journey('tabs that change the same workspace at once lose nothing, whoever is first', async ({ page, context, open }) => {
  await open();
  await saved(page);
  const other = await secondTab(context);
  const [ours, theirs] = [['p1', 'p2', 'p3', 'p4'], ['q1', 'q2', 'q3', 'q4']];
  const all = (page, names) => page.evaluate((names) => Promise.all(names.map((name) => stagecraft.request({ method: 'POST', path: '/restapis', body: { name } }))), names);
  await Promise.all([all(page, ours), all(other, theirs)]);
  // Either the two have become one, or one says that it goes on in a copy.
  const everything = [...ours, ...theirs, 'UsersAPI'].sort();
  const parted = async () => await page.getByRole('alert').count() + await other.getByRole('alert').count() > 0;
  await until(async () => await parted() || [await apis(page), await apis(other)].every((shown) => shown.join() === everything.join()), 'both tabs come to rest');
  const kept = new Set();
  const { names } = await workspaces(page);
  for (const name of names) {
    const reader = await secondTab(context);
    await openNamed(reader, name);
    (await apis(reader)).forEach((name) => kept.add(name));
    await reader.close();
  }
  assert.deepEqual([...kept].sort(), everything);
});
