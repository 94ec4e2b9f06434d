// What the page takes, with the processor slowed down four times: until the map can be used, and from an input to the
// next painted frame, with an API of 300 resources, 30 deployments and 10 stages. Figures, no verdict: machines differ.
// Each line tells the median and the slowest run until the paint, and the longest task that followed the paint.
// `node tests/e2e/bench/page.mjs stage` measures only the actions that have "stage" in their names.

import { argv } from 'node:process';
import { launch } from '../browser.mjs';
import { slowCpu, started } from '../support.mjs';
import { serveSite } from '../site.mjs';

const SLOWER = 4;
const RUNS = 11;
const WANTED = argv[2] ?? '';

const site = await serveSite();
const browser = await launch();

function report(name, samples, after = []) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1).padStart(7);
  const then = after.length > 0 ? `   then ${Math.max(...after).toFixed(0).padStart(4)} ms` : '';
  console.log(`${name.padEnd(52)} median ${at(0.5)} ms   slowest ${at(1)} ms${then}   (${samples.length} runs)`);
}

// Until the map is drawn and answers to a click, each time with an empty cache.
async function load() {
  const samples = [];
  for (let run = 0; run < 7; run += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await slowCpu(page, SLOWER);
    const begun = Date.now();
    await page.goto(site.address, { waitUntil: 'commit' });
    await page.waitForSelector('#map-working-copy');
    samples.push(Date.now() - begun);
    await context.close();
  }
  report('first load, until the map is there', samples);
}

// A large API, made through the page's own scripting.
async function large(page) {
  return page.evaluate(async () => {
    const { stagecraft } = window;
    const ask = async (method, path, body) => {
      const answer = await stagecraft.request({ method, path, body });
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    };
    await stagecraft.reset();
    const api = await ask('POST', '/restapis', { name: 'LargeAPI' });
    const mock = async (resource, verb) => {
      const at = `/restapis/${api.id}/resources/${resource}/methods/${verb}`;
      await ask('PUT', at, { authorizationType: 'NONE' });
      await ask('PUT', `${at}/responses/200`, {});
      await ask('PUT', `${at}/integration`, { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode": 200}' } });
      await ask('PUT', `${at}/integration/responses/200`, { responseTemplates: { 'application/json': '{"ok": true}' } });
    };
    for (let at = 1; at < 300; at += 1) {
      const { id } = await ask('POST', `/restapis/${api.id}/resources/${api.rootResourceId}`, { pathPart: `r${at}` });
      if (at <= 100) await mock(id, 'GET');
    }
    // No two deployments are alike, so that every stage is behind the working copy in its own way.
    const { item } = await ask('GET', `/restapis/${api.id}/resources?limit=500`);
    const ids = Object.fromEntries(item.map(({ id, pathPart }) => [pathPart ?? '/', id]));
    for (let at = 1; at <= 30; at += 1) {
      const patchOperations = [{ op: 'replace', path: '/operationName', value: `operation${at}` }];
      await ask('PATCH', `/restapis/${api.id}/resources/${ids[`r${at}`]}/methods/GET`, { patchOperations });
      await ask('POST', `/restapis/${api.id}/deployments`, at <= 10 ? { stageName: `s${at}` } : { description: `snapshot ${at}` });
    }
    return { api: api.id, ids };
  });
}

// What the actions below use, in the page.
function helpers(ids) {
  const $ = (selector, inside = document) => {
    const found = inside.querySelector(selector);
    if (!found) throw new Error(`There is no ${selector}`);
    return found;
  };
  const button = (text, inside = document) => {
    const found = [...inside.querySelectorAll('button')].find((one) => one.textContent === text || one.ariaLabel === text);
    if (!found) throw new Error(`There is no button "${text}"`);
    return found;
  };
  const click = (element) => element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  const press = (key, more = {}) => {
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  };
  const type = (field, text) => {
    field.focus();
    field.value += text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  // Leaves a field that was changed.
  const take = () => {
    const field = document.activeElement;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    field.blur();
  };
  const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
  const task = () => new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(0);
  });
  // Until the page has nothing to do.
  const rest = async () => {
    for (let time = 0; time < 2; time += 1) {
      await frame();
      await frame();
      await new Promise((resolve) => { requestIdleCallback(resolve, { timeout: 3000 }); });
      await task();
    }
  };
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ entryTypes: ['longtask'] });
  // From an input to the end of the frame that shows what it did; and the longest task after that frame.
  const measure = async (before, act, run) => {
    await before?.(window.bench, run);
    await rest();
    tasks.length = 0;
    const begun = performance.now();
    await act(window.bench, run);
    await frame();
    await task();
    const done = performance.now();
    await rest();
    const later = tasks.filter((one) => one.startTime > done - 1).map((one) => one.duration);
    return [done - begun, Math.max(0, ...later)];
  };
  // All deployments drawn on the map, or the newest, which is how the page begins.
  const drawAll = async (all) => {
    const fold = document.getElementById('map-fold');
    if (/fewer/.test(fold.textContent + fold.ariaLabel) !== all) click(fold);
    await rest();
  };
  // Where the actions begin: no dialog, and this place in the editor.
  const at = async (place) => {
    const dialog = document.querySelector('dialog');
    if (dialog) click(button('Close', dialog));
    document.activeElement?.blur();
    location.hash = `#/${location.hash.split('/')[1]}/${place}`;
    await rest();
  };
  // The tree with the focus on a row, which is selected.
  const tree = async (name) => {
    await at('settings');
    await at(`resources/${ids[name]}`);
    document.getElementById(`row-${ids[name]}`).focus();
  };
  // The same with its branch open or closed.
  const branch = async (name, open) => {
    await tree(name);
    const row = document.activeElement;
    if (row.ariaExpanded !== String(open)) press(open ? 'ArrowRight' : 'ArrowLeft');
    await rest();
  };
  // Until typed letters begin a new search.
  const pause = () => new Promise((resolve) => { setTimeout(resolve, 900); });
  // A method in the editor, at one of its tabs.
  const method = async (tab) => {
    await at(`resources/${ids.r1}/GET`);
    click($(`#method-tab-${tab}`));
    await rest();
  };
  const script = (method, path, body) => window.stagecraft.request({ method, path: path.replace('{api}', location.hash.split('/')[1]), body });
  // The handle over the operations, so many of them on.
  const move = (by) => {
    const handle = $('#moment');
    handle.value = Number(handle.value) + by;
    handle.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  // The drawer's history, with the handle of the moments.
  const history = async () => {
    click($('#drawer-tab-2'));
    await rest();
  };
  // The newest deployment beside the oldest.
  const compare = () => {
    const all = [...document.querySelectorAll('[id^=map-deployment-]')].map(({ id }) => id.slice('map-deployment-'.length));
    // The page hears of it in a task of its own, as of a link that was clicked.
    return new Promise((resolve) => {
      addEventListener('hashchange', resolve, { once: true });
      location.hash = `#/${location.hash.split('/')[1]}/compare/deployment:${all.at(-1)}/deployment:${all[0]}`;
    });
  };
  window.bench = { history, move, compare, $, button, click, press, type, take, rest, pause, measure, drawAll, at, tree, branch, method, script, ids };
}

// What a user does, and where it begins. Both run in the page, with the helpers and the number of the run.
const ACTIONS = [
  ['select a row of the tree', null, ({ click }) => {
    const rows = document.querySelectorAll('[role=treeitem]');
    click(rows[Math.floor(Math.random() * rows.length)]);
  }],
  ['press the arrow down in the tree', ({ tree }, run) => run || tree('r5'), ({ press }) => press('ArrowDown')],
  ['press End in the tree', ({ tree }) => tree('/'), ({ press }) => press('End')],
  ['press Home in the tree', async ({ tree, press }) => { await tree('/'); press('End'); }, ({ press }) => press('Home')],
  ['find a resource by a letter', async ({ tree, press, pause }) => { await tree('r20'); await pause(); press('/'); press('r'); press('2'); }, ({ press }) => press('9')],
  ['select a row with Enter', ({ press }) => press('ArrowDown'), ({ press }) => press('Enter')],
  ['close a branch of 400 rows', ({ branch }) => branch('/', true), ({ press }) => press('ArrowLeft')],
  ['open a branch of 400 rows', ({ branch }) => branch('/', false), ({ press }) => press('ArrowRight')],
  ['close a branch of one row', async ({ branch }) => { await branch('/', true); await branch('r3', true); }, ({ press }) => press('ArrowLeft')],
  ['open a branch of one row', ({ branch }) => branch('r3', false), ({ press }) => press('ArrowRight')],
  ['scroll the tree by a page', ({ tree }, run) => run || tree('/'), ({ $ }) => { $('.tree-pane').scrollTop += 300; }],
  ['open the menu of a row', ({ tree }) => tree('r2'), ({ click, $ }) => click($('.row-menu > .btn'))],
  ['open "Delete resource"', ({ tree }) => tree('r2'), ({ press }) => press('Delete')],
  ['close "Delete resource"', async ({ tree, press }) => { await tree('r2'); press('Delete'); }, ({ click, button, $ }) => click(button('Close', $('dialog')))],
  ['delete a resource', async ({ tree, press, rest }, run) => { await tree(`r${200 + run}`); press('Delete'); await rest(); },
    ({ button, $ }) => button('Delete resource', $('dialog')).click()],
  ['undo', null, ({ press }) => { document.activeElement?.blur(); press('z', { ctrlKey: true }); }],
  ['redo', null, ({ press }) => press('z', { ctrlKey: true, shiftKey: true })],
  ['open "Create resource"', ({ tree }) => tree('r2'), ({ press }) => press('r')],
  ['type in "Create resource"', null, ({ $, type }) => type($('#new-resource-part'), 'x')],
  ['create a resource', async ({ tree, press, rest, type, $ }, run) => { await tree('/'); press('r'); await rest(); type($('#new-resource-part'), `new${run}`); },
    ({ $, button }) => button('Create resource', $('dialog')).click()],
  ['create a method', async ({ tree, press, rest }, run) => { await tree(`r${120 + run}`); press('m'); await rest(); },
    ({ $, button }) => button('Create method', $('dialog')).click()],
  ['show the tabs of a method in turn', ({ method }, run) => run || method(0), ({ $, click }, run) => click($(`#method-tab-${(run + 1) % 3}`))],
  ['type in a field of a method', ({ method }, run) => run || method(0), ({ $, type }) => type($('#method-panel input[type=text], #method-panel input:not([type])'), 'x')],
  ['take what stands in a field of a method', ({ $, type }) => type($('#method-panel input[type=text], #method-panel input:not([type])'), 'y'),
    ({ take }) => take()],
  ['type in a template of a method', ({ method }, run) => run || method(2), ({ $, type }) => type($('#method-panel textarea'), ' ')],
  ['take a template of a method', ({ $, type }) => type($('#method-panel textarea'), ' '), ({ take }) => take()],
  ['go to Stages', ({ at }) => at('resources'), ({ $, click }) => click($('#editor-tab-1'))],
  ['go to Deployments', ({ at }) => at('resources'), ({ $, click }) => click($('#editor-tab-2'))],
  ['go to Settings', ({ at }) => at('resources'), ({ $, click }) => click($('#editor-tab-3'))],
  ['go back to Resources', ({ at }) => at('stages'), ({ $, click }) => click($('#editor-tab-0'))],
  ['select a stage on the map', ({ at }, run) => at(run % 2 ? 'resources' : 'deployments'), ({ $, click }, run) => click($(`#map-stage-s${1 + run % 10}`))],
  ['show the tabs of a stage in turn', null, ({ $, click }, run) => click($(`#stage-tab-${(run + 1) % 4}`))],
  ['filter the URLs of a stage', ({ at }, run) => run || at('stages/s3'), ({ $, type }) => type($('.urls input'), '1')],
  ['select a deployment on the map', ({ at }, run) => at(run % 2 ? 'resources' : 'stages'),
    ({ click }, run) => { const all = document.querySelectorAll('[id^=map-deployment-]'); click(all[run % all.length]); }],
  ['select the working copy on the map', ({ at }, run) => at(run % 2 ? 'stages' : 'deployments'), ({ $, click }) => click($('#map-working-copy'))],
  ['unfold the deployments', ({ drawAll }) => drawAll(false), ({ $, click }) => click($('#map-fold'))],
  ['fold the deployments', ({ drawAll }) => drawAll(true), ({ $, click }) => click($('#map-fold'))],
  ['open "Deploy API"', async ({ at, drawAll }) => { await drawAll(false); await at('resources'); }, ({ press }) => press('d')],
  ['deploy with the dialog', async ({ at, press, rest }) => { await at('stages/s1'); press('d'); await rest(); },
    ({ $, button }) => button('Deploy', $('dialog')).click()],
  ['deploy with a script, at Resources', ({ at }) => at('resources'), ({ script }) => script('POST', '/restapis/{api}/deployments', { stageName: 's1' })],
  ['deploy with a script, at Stages', ({ at }) => at('stages/s1'), ({ script }) => script('POST', '/restapis/{api}/deployments', { stageName: 's1' })],
  ['deploy with a script, all deployments drawn', async ({ at, drawAll }) => { await drawAll(true); await at('resources'); },
    ({ script }) => script('POST', '/restapis/{api}/deployments', { stageName: 's1' })],
  ['type in the URL field', async ({ at, drawAll }, run) => { if (run === 0) { await drawAll(false); await at('resources'); } }, ({ $, type }) => type($('#request-url'), 'x')],
  ['send a request', ({ $, type }, run) => {
    const field = $('#request-url');
    field.value = '';
    type(field, `https://${location.hash.split('/')[1]}.execute-api.us-east-1.amazonaws.com/s1/r${1 + run}`);
  }, ({ button }) => button('Send').click()],
  ['show the history', ({ $, click }) => click($('#drawer-tab-0')), ({ $, click }) => click($('#drawer-tab-2'))],
  ['undo while the history is shown', null, ({ press }) => { document.activeElement?.blur(); press('z', { ctrlKey: true }); }],
  ['look back by a moment', async ({ history }, run) => { if (run === 0) await history(); }, ({ move }) => move(-1)],
  ['look back over a deployment', async ({ history, move }, run) => { if (run === 0) await history(); else move(1); }, ({ move }) => move(-2)],
  ['come back from an earlier moment', async ({ history, move }) => { await history(); move(-3); }, ({ button }) => button('Back to now').click()],
  ['look at a comparison', ({ at }) => at('deployments'), ({ compare }) => compare()],
  ['open the palette', ({ at }) => at('resources'), ({ press }) => press('k', { ctrlKey: true })],
  ['type in the palette', null, ({ $, type }) => type($('#palette-query'), 'e')],
  // The palette before it is still open: its list would be counted, too.
  ['switch the theme', async ({ at, press, rest }, run) => { if (run === 0) { press('Escape'); await rest(); await at('resources'); } }, ({ click, $ }) => click($('[aria-label^="Switch between"]'))],
];

// Measures an action.
async function sample(page, [name, before, act]) {
  const samples = [];
  const after = [];
  for (let run = 0; run < RUNS; run += 1) {
    const [took, later] = await page.evaluate(`bench.measure(${before}, ${act}, ${run})`);
    samples.push(took);
    after.push(later);
  }
  report(name, samples, after);
}

async function interactions() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`The page threw: ${error.message}`));
  await page.goto(site.address);
  await started(page);
  await page.waitForSelector('#map-working-copy');
  const { api, ids } = await large(page);
  await page.evaluate((hash) => { location.hash = hash; }, `#/${api}/resources`);
  await page.waitForSelector('[role=treeitem]');
  await page.evaluate(helpers, ids);
  await slowCpu(page, SLOWER);
  for (const action of ACTIONS.filter(([name]) => name.includes(WANTED))) await sample(page, action);
  await context.close();
}

try {
  console.log(`The page in headless Chromium, processor slowed down ${SLOWER} times:`);
  if (!WANTED) await load();
  await interactions();
} finally {
  await browser.close();
  site.close();
}
