// The work is kept in the browser: as it is done, in every tab, whatever is wrong with the storage.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { launchOn } from './browser.mjs';
import { serveSite } from './site.mjs';
import { WIDE, accessible, journey, open as load, reads, shot, started } from './support.mjs';

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

// Waits until something holds that is asked of a page.
async function until(holds, what) {
  for (const deadline = Date.now() + 15_000; !await holds();) assert.ok(Date.now() < deadline, `it never happens: ${what}`);
}

// Waits until a page shows exactly these APIs.
const shows = (page, ...names) => until(async () => (await apis(page)).join() === names.sort().join(), `the page shows ${names}`);

const saved = (page) => page.getByRole('status').getByText('Saved', { exact: true }).waitFor();

// Opens the list of the workspaces that are stored; answers the dialog and their names.
async function workspaces(page) {
  await page.locator('.api-menu > button').click();
  await page.getByRole('menuitem', { name: 'Workspaces' }).click();
  const dialog = page.getByRole('dialog', { name: 'Workspaces' });
  await dialog.getByRole('listitem').first().waitFor();
  return { dialog, names: (await dialog.getByRole('listitem').locator('strong').allInnerTexts()).sort() };
}

// The text of a workspace's file, as its menu offers it.
async function fileOf(page, dialog, name) {
  await dialog.getByRole('button', { name: `More about ${name}`, exact: true }).click();
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

// The same, opened by a page, so that it can close itself.
async function openedTab(page, context) {
  const opened = context.waitForEvent('page');
  await page.evaluate(() => { open(location.href); });
  const tab = await opened;
  await started(tab);
  await saved(tab);
  return tab;
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

// Opens the stored database in a page: in its own version, or makes it a newer one.
const database = (page, act, given) => page.evaluate(`(async (given) => {
  const opening = indexedDB.open('stagecraft', given.version);
  const db = await new Promise((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  await (${act})(db, given);
  db.close();
})(${JSON.stringify(given)})`);

// Changes what is stored, as another program could: each change is a store, a method, and what it is given, ID being the
// key of the workspace that is there.
const tamper = (page, ...changes) => database(page, async (db, { changes }) => {
  const transaction = db.transaction(['workspaces', 'operations'], 'readwrite');
  const done = new Promise((resolve) => { transaction.oncomplete = resolve; });
  transaction.objectStore('workspaces').getAllKeys().onsuccess = ({ target }) => {
    const real = (given) => (given === 'ID' ? target.result[0] : Array.isArray(given) ? given.map(real) : given);
    for (const [store, method, ...given] of changes) transaction.objectStore(store)[method](...given.map(real));
  };
  await done;
}, { changes });

// Where the second of three steps is: before it is the sample, and the first.
const SECOND = ['ID', 24];

const DAMAGED = [
  ['an entry that is not JSON', ['put', '<script>alert(1)</script>', SECOND], /stops making sense/],
  ['an entry that is no text', ['put', { deep: [1] }, SECOND], /stops making sense/],
  ['an entry of a newer version', ['put', '{"v":2,"step":3,"time":1700000000000}', SECOND], /A newer version of Stagecraft/],
  ['a log that stops making sense', ['put', '{"step":3,"time":1700000000000,"operation":"DeleteRestApi","input":{"restApiId":"nothere000"}}', SECOND], /stops making sense/],
  ['a missing entry', ['delete', SECOND], /missing/],
  ['garbage from the first entry on', ['put', '', ['ID', 0]], /stops making sense/],
];

for (const [what, change, why] of DAMAGED) {
  const left = change.at(-1) === SECOND ? ['First', 'UsersAPI'] : [];
  journey(`a damaged workspace never blocks the start: ${what}`, async ({ page, context, open }) => {
    await open();
    for (const name of ['First', 'Second', 'Third']) await createApi(page, name);
    await saved(page);
    await tamper(page, ['operations', ...change]);
    await page.close();

    const again = await secondTab(context);
    const alert = again.getByRole('alert').filter({ hasText: 'The workspace “My workspace” could not be opened as a whole' });
    await alert.waitFor();
    assert.match(await alert.innerText(), why);
    assert.deepEqual(await apis(again), left);
    await createApi(again, 'GoesOn');
    await saved(again);
    const { dialog, names } = await workspaces(again);
    assert.deepEqual(names, ['My workspace', 'My workspace (restored)']);
    const file = JSON.parse(await fileOf(again, dialog, 'My workspace'));
    assert.match(JSON.stringify(file.operations.at(-1)), /Third/, 'what was stored after the damage is in the file, too');
    await again.close();

    // The copy is what opens from now on.
    const later = await secondTab(context);
    await shows(later, ...left, 'GoesOn');
    assert.equal(await later.getByRole('alert').count(), 0);
  });
}

// Asks for something that is refused: the deletion of a stage that is not there.
const refuse = (page, stage) => request(page, 'DELETE', `/restapis/nope/stages/${stage}`, undefined, 404);

// Opens the history, and waits until it lists so many refused requests.
async function listsRefused(page, count) {
  await page.getByRole('tab', { name: 'History', exact: true }).click();
  const label = page.getByText(count === 1 ? 'Show 1 refused request' : `Show ${count} refused requests`, { exact: true });
  if (count > 0) await label.waitFor();
  // A long list is drawn a few entries at a time.
  const drawn = () => page.locator('.history li.refusal').count();
  await until(async () => await drawn() === count, `the history lists ${count} refused requests`);
}

journey('what was refused is there again after a reload, in its place, and undo leaves it alone', async ({ page, context, open }) => {
  await open();
  await createApi(page, 'First');
  const { exitCode } = await page.evaluate(() => stagecraft.run('aws apigateway delete-stage --rest-api-id nope --stage-name s'));
  assert.equal(exitCode, 254);
  await createApi(page, 'Second');
  await refuse(page, 't');
  await request(page, 'POST', '/restapis', { name: 7 }, 400);
  await page.keyboard.press('Control+z');
  await saved(page);
  await page.reload();
  await started(page);
  await shows(page, 'First', 'UsersAPI');
  await listsRefused(page, 3);
  const order = await page.locator('.history li').evaluateAll((rows) => rows.slice(0, 6).map((row) => (row.matches('.refusal') ? row.querySelector('.chip').textContent : 'done')));
  assert.deepEqual(order, ['done', 'SerializationException', 'NotFoundException', 'done', 'NotFoundException', 'done']);
  const oldest = page.locator('.history li.refusal').last();
  await oldest.locator('button.what').click();
  await oldest.getByText('Answer: 404 NotFoundException, to the console').waitFor();
  await oldest.getByText('As CloudTrail keeps it').click();
  await reads(oldest, /"eventName": "DeleteStage"[^]*"errorCode": "NotFoundException"/);
  await accessible(page);
  // It goes on: what is refused now comes above.
  await refuse(page, 'u');
  await page.getByText('Show 4 refused requests', { exact: true }).waitFor();
  assert.equal((await workspaces(page)).names.length, 1);
});

journey('the tab closes right after a refusal, and the refusal is there again; the last hundred stay', async ({ context, page, open }) => {
  await open();
  await saved(page);
  for (const stage of ['a', 'b', 'c']) {
    const tab = await openedTab(page, context);
    const closed = tab.waitForEvent('close');
    // In the same turn, before anything of the storage has answered; of several all but the first are not even placed yet.
    await tab.evaluate((stage) => {
      for (const one of ['', '2', '3']) stagecraft.request({ method: 'DELETE', path: `/restapis/nope/stages/${stage}${one}` });
      close();
    }, stage).catch(() => {});
    await closed;
  }
  const again = await secondTab(context);
  await listsRefused(again, 9);
  // The first tab heard of them, too.
  await listsRefused(page, 9);
  await again.evaluate(() => Promise.all(Array.from({ length: 120 }, (_, at) => stagecraft.request({ method: 'DELETE', path: `/restapis/nope/stages/x${at}` }))));
  await listsRefused(again, 100);
  await again.close();
  await page.close();
  const later = await secondTab(context);
  await listsRefused(later, 100);
  let stored = 0;
  await until(async () => {
    stored = await later.evaluate(() => new Promise((resolve) => {
      indexedDB.open('stagecraft').onsuccess = ({ target: { result: db } }) => {
        db.transaction('operations').objectStore('operations').getAllKeys().onsuccess = ({ target }) => {
          db.close();
          resolve(target.result.filter((key) => key[1] === 'refused').length);
        };
      };
    }));
    return stored === 100;
  }, `a hundred are stored, not ${stored}`);
});

journey('a copy and a file have the refusals, and damaged ones spoil nothing', async ({ page, context, open }) => {
  await open();
  await refuse(page, 'before');
  await createApi(page, 'First');
  await refuse(page, 'after');
  await saved(page);
  const { dialog } = await workspaces(page);
  const text = await fileOf(page, dialog, 'My workspace');
  assert.match(text, /"refused": \[\n\{"number":[^]*"before"[^]*"after"/);
  await dialog.getByRole('button', { name: 'More about My workspace', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await dialog.getByText('My workspace (copy)', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await openNamed(page, 'My workspace (copy)');
  await listsRefused(page, 2);
  await page.getByRole('button', { name: 'Share' }).first().click();
  await page.getByRole('dialog').getByRole('tab', { name: 'File' }).click();
  await page.getByLabel('Workspace file').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.getByText('My workspace is open').waitFor();
  await page.keyboard.press('Escape');
  await listsRefused(page, 2);
  await saved(page);
  await tamper(page, ['operations', 'put', { not: 'ours' }, ['ID', 'refused', 1]], ['operations', 'put', '<script>', ['ID', 'refused', 'x']], ['operations', 'put', '{}', ['ID', 'refused', 4e15]]);
  await page.close();
  const again = await secondTab(context);
  await shows(again, 'First', 'UsersAPI');
  await listsRefused(again, 2);
  assert.equal(await again.getByRole('alert').count(), 0);
});

journey('a row that cannot be read hides neither its workspace nor the others', async ({ page, context, open }) => {
  await open();
  await createApi(page, 'First');
  await saved(page);
  await tamper(page, ['workspaces', 'put', { not: 'ours' }, 'ID'], ['workspaces', 'put', 5, 'x'], ['operations', 'put', 'x', ['nobody', 3]]);
  await page.close();
  const again = await secondTab(context);
  await shows(again, 'First', 'UsersAPI');
  assert.deepEqual((await workspaces(again)).names, ['Workspace', 'Workspace']);
});

journey('the storage of a newer version is left alone, and offered as files', async ({ page, context, open }) => {
  await open();
  await createApi(page, 'First');
  await saved(page);
  await database(page, () => {}, { version: 2 });
  await page.close();

  const again = await context.newPage();
  await load(again);
  await again.getByRole('alert').getByText('newer version of Stagecraft').waitFor();
  assert.deepEqual(await apis(again), ['UsersAPI'], 'the page works');
  await again.getByRole('button', { name: 'Not saved' }).click();
  const dialog = again.getByRole('dialog', { name: 'Workspaces' });
  const download = again.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download “My workspace”' }).click();
  assert.match(await readFile(await (await download).path(), 'utf8'), /"name":"First"/);
  await accessible(again);
  await shot(again, 'storage-newer');
});

// Leaves a site no room; answers what gives it back. A page that is storing already does not notice: the browser asks for
// the room only now and then.
async function fill(page, base) {
  const { origin } = new URL(base);
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  return () => session.send('Storage.overrideQuotaForOrigin', { origin });
}

// The same for what an open page is going to store.
async function fillNow(page) {
  await page.evaluate(() => {
    const { add } = IDBObjectStore.prototype;
    globalThis.makeRoom = () => { IDBObjectStore.prototype.add = add; };
    IDBObjectStore.prototype.add = () => { throw new DOMException('no room', 'QuotaExceededError'); };
  });
  return () => page.evaluate(() => globalThis.makeRoom());
}

// The text of a file that a page offers.
async function downloaded(page, button) {
  const download = page.waitForEvent('download');
  await button.click();
  return readFile(await (await download).path(), 'utf8');
}

journey('a full storage is said, with a file; nothing is lost, and it stores again when there is room', async ({ page, context, open }) => {
  await open();
  await createApi(page, 'First');
  await saved(page);
  const makeRoom = await fillNow(page);
  await createApi(page, 'Second');
  const alert = page.getByRole('alert').filter({ hasText: 'Your work is not stored.' });
  await alert.waitFor();
  assert.match(await alert.innerText(), /storage is full/);
  await accessible(page);
  await shot(page, 'storage-full');
  await createApi(page, 'Third');
  assert.equal(await page.getByRole('alert').count(), 1, 'it is said once');
  assert.match(await downloaded(page, alert.getByRole('button', { name: 'Download' })), /"First"[^]*"Second"[^]*"Third"/);
  await page.getByRole('button', { name: 'Not saved' }).click();
  const dialog = page.getByRole('dialog', { name: 'Workspaces' });
  await dialog.getByText('storage is full').waitFor();
  await accessible(page);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByText('storage is full').waitFor();
  await page.keyboard.press('Escape');
  assert.deepEqual(await apis(page), ['First', 'Second', 'Third', 'UsersAPI']);

  // There is room again: the next step takes along all that was not stored.
  await makeRoom();
  await createApi(page, 'Fourth');
  await saved(page);
  await alert.waitFor({ state: 'detached' });
  await page.close();
  const again = await secondTab(context);
  await shows(again, 'First', 'Fourth', 'Second', 'Third', 'UsersAPI');
  assert.deepEqual((await workspaces(again)).names, ['My workspace']);
});

journey('a storage that is full from the first moment on', async ({ page, context, open, base }) => {
  const makeRoom = await fill(page, base);
  await open();
  await page.getByRole('alert').filter({ hasText: 'storage is full' }).waitFor();
  await createApi(page, 'First');
  assert.deepEqual(await apis(page), ['First', 'UsersAPI']);
  await makeRoom();
  await page.getByRole('button', { name: 'Not saved' }).click();
  const dialog = page.getByRole('dialog', { name: 'Workspaces' });
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByRole('button', { name: 'Try again' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await saved(page);
  await createApi(page, 'Second');
  await saved(page);
  await page.close();
  const again = await secondTab(context);
  await shows(again, 'First', 'Second', 'UsersAPI');
  assert.deepEqual((await workspaces(again)).names, ['My workspace']);
});

journey('stored data that is cleared while the page is open is stored again', async ({ page, context, open }) => {
  await open();
  await createApi(page, 'First');
  await saved(page);
  await page.evaluate(() => new Promise((resolve) => { indexedDB.deleteDatabase('stagecraft').onsuccess = resolve; }));
  await createApi(page, 'Second');
  await page.getByRole('alert').getByText('The browser closed the storage').waitFor();
  await createApi(page, 'Third');
  await page.getByRole('alert').getByText('goes on as “My workspace (copy)”').waitFor();
  await saved(page);
  await page.close();
  await shows(await secondTab(context), 'First', 'Second', 'Third', 'UsersAPI');
});

const BLOCKED = [
  ['refuses', () => { IDBFactory.prototype.open = () => { throw new DOMException('not here', 'SecurityError'); }; }],
  ['is not there', () => { Object.defineProperty(IDBFactory.prototype, 'open', { value: () => { throw new DOMException('', 'InvalidStateError'); } }); }],
  ['never answers', () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function () { return open.call(this, 'another'); };
    for (const event of ['onsuccess', 'onerror', 'onblocked']) Object.defineProperty(IDBOpenDBRequest.prototype, event, { set() {}, configurable: true });
    for (const event of ['onsuccess', 'onerror']) Object.defineProperty(IDBRequest.prototype, event, { set() {}, configurable: true });
  }],
];

for (const [how, block] of BLOCKED) {
  journey(`the page works without storage, and says so: it ${how}`, async ({ page, context, open }) => {
    await open();
    await createApi(page, 'Stored');
    await saved(page);
    await page.close();

    const blocked = await context.newPage();
    await blocked.addInitScript(`(() => { const { open } = IDBFactory.prototype; (${block})(); globalThis.unblock = () => { IDBFactory.prototype.open = open; }; })()`);
    await load(blocked);
    const alert = blocked.getByRole('alert').filter({ hasText: 'Your work is not stored.' });
    await alert.waitFor();
    await createApi(blocked, 'Unstored');
    assert.match(await downloaded(blocked, alert.getByRole('button', { name: 'Download' })), /"Unstored"/);
    await blocked.getByRole('button', { name: 'Not saved' }).click();
    const dialog = blocked.getByRole('dialog', { name: 'Workspaces' });
    assert.match(await downloaded(blocked, dialog.getByRole('button', { name: 'Download it as a file' })), /"Unstored"/);
    await accessible(blocked);
    if (how !== 'refuses') return;

    // Once it is allowed, what was done becomes a workspace beside the one that is there.
    await blocked.evaluate(() => globalThis.unblock());
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await saved(blocked);
    assert.deepEqual(await apis(blocked), ['Unstored', 'UsersAPI']);
    await blocked.close();
    const again = await secondTab(context);
    assert.equal((await workspaces(again)).names.length, 2);
    await shows(again, 'Unstored', 'UsersAPI');
  });
}

journey('a tab that is seen again looks for what it missed', async ({ page, context, open }) => {
  await open();
  await saved(page);
  const other = await secondTab(context);
  await deafen(other);
  await createApi(page, 'Missed');
  await saved(page);
  assert.deepEqual(await apis(other), ['UsersAPI'], 'it has heard nothing');
  await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await shows(other, 'Missed', 'UsersAPI');
  await createApi(page, 'MissedToo');
  await saved(page);
  await other.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await shows(other, 'Missed', 'MissedToo', 'UsersAPI');
  await createApi(other, 'Mine');
  await shows(page, 'Mine', 'Missed', 'MissedToo', 'UsersAPI');
  assert.equal(await other.getByRole('alert').count(), 0);
});

journey('the tab closes right after an action, and the action is there again', async ({ context, page, open }) => {
  await open();
  await saved(page);
  const done = ['UsersAPI'];
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    const tab = await openedTab(page, context);
    await shows(tab, ...done);
    // The page closes itself in the same turn, before anything of the storage has answered.
    const closed = tab.waitForEvent('close');
    await tab.evaluate((name) => {
      stagecraft.request({ method: 'POST', path: '/restapis', body: { name } });
      close();
    }, name).catch(() => {});
    await closed;
    done.push(name);
  }
  const again = await secondTab(context);
  await shows(again, ...done);
});

test('the browser is killed right after an action, and nothing is broken', { timeout: 120_000 }, async () => {
  const profile = await mkdtemp(join(tmpdir(), 'stagecraft-'));
  const site = await serveSite();
  try {
    let before = ['UsersAPI'];
    for (const name of ['a', 'b', 'c', 'none']) {
      const { browser, kill } = await launchOn(profile);
      try {
        const page = await browser.contexts()[0].newPage();
        await page.setViewportSize(WIDE);
        await page.goto(site.address);
        await started(page);
        await saved(page);
        // The last action may be missing; whatever was stored before it is not.
        const found = await apis(page);
        assert.deepEqual(found.filter((name) => before.includes(name)), before);
        assert.equal(await page.getByRole('alert').count(), 0);
        before = found;
        await page.evaluate((name) => { stagecraft.request({ method: 'POST', path: '/restapis', body: { name } }); }, name);
      } finally {
        await kill();
      }
    }
  } finally {
    site.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
