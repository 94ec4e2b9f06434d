// What the page takes, with the processor slowed down four times: until the map can be used, and from an input to the
// next painted frame, with an API of 300 resources, 30 deployments and 10 stages. Figures, no verdict: machines differ.

import { launch } from '../browser.mjs';
import { slowCpu, started } from '../support.mjs';
import { serveSite } from '../site.mjs';

const SLOWER = 4;
const RUNS = 15;

const site = await serveSite();
const browser = await launch();

function report(name, samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1).padStart(7);
  console.log(`${name.padEnd(52)} median ${at(0.5)} ms   slowest ${at(1)} ms   (${samples.length} runs)`);
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
    for (let at = 1; at <= 30; at += 1) {
      await ask('POST', `/restapis/${api.id}/deployments`, at <= 10 ? { stageName: `s${at}` } : { description: `snapshot ${at}` });
    }
    return api.id;
  });
}

// From an input event to the second frame after it: by then what it changed has been painted.
async function painted(page, act) {
  return page.evaluate(async (source) => {
    const act = new Function(`return (${source})`)();
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    const begun = performance.now();
    await act();
    await frame();
    const channel = new MessageChannel();
    await new Promise((resolve) => { channel.port1.onmessage = resolve; channel.port2.postMessage(0); });
    return performance.now() - begun;
  }, act.toString());
}

async function sample(page, name, prepare, act) {
  const samples = [];
  for (let run = 0; run < RUNS; run += 1) {
    await prepare?.(run);
    samples.push(await painted(page, act));
  }
  report(name, samples);
}

async function interactions() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`The page threw: ${error.message}`));
  await page.goto(site.address);
  await started(page);
  await page.waitForSelector('#map-working-copy');
  const api = await large(page);
  await slowCpu(page, SLOWER);
  const go = (place) => page.evaluate((hash) => { location.hash = hash; }, `#/${api}/${place}`);

  await go('resources');
  await page.waitForSelector('[role=treeitem]');
  await sample(page, 'select a resource in the tree (300 rows)', null, () => {
    const rows = document.querySelectorAll('[role=treeitem]');
    rows[Math.floor(Math.random() * rows.length)].click();
  });
  await sample(page, 'a keystroke in the URL field', null, () => {
    const field = document.getElementById('request-url');
    field.value += 'x';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await sample(page, 'select a stage on the map', (run) => go(run % 2 ? 'resources' : 'deployments'), () => {
    document.getElementById('map-stage-s1').dispatchEvent(new MouseEvent('click', { bubbles: true }));
  });
  await sample(page, 'deploy to a stage', null, () => {
    const id = location.hash.split('/')[1];
    return window.stagecraft.request({ method: 'POST', path: `/restapis/${id}/deployments`, body: { stageName: 's1' } });
  });
  await sample(page, 'call a URL', null, () => {
    const id = location.hash.split('/')[1];
    return window.stagecraft.invoke({ method: 'GET', url: `https://${id}.execute-api.us-east-1.amazonaws.com/s1/r1` });
  });
  await sample(page, 'undo', null, () => {
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true }));
  });
  await context.close();
}

try {
  console.log(`The page in headless Chromium, processor slowed down ${SLOWER} times:`);
  await load();
  await interactions();
} finally {
  await browser.close();
  site.close();
}
