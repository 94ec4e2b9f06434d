// The Firefox that one journey runs in, driven by WebDriver BiDi: what that journey needs, and no more. The browser
// driver of the other journeys speaks to a Firefox of its own only. `node firefox.mjs` prints its path, or fails.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, env, exit, platform } from 'node:process';
import { pathToFileURL } from 'node:url';
import WebSocket from 'ws';
import { firstProgram } from './browser.mjs';

const PLACES = {
  names: ['firefox-esr', 'firefox'],
  macApps: ['Firefox'],
  windowsPrograms: ['Mozilla Firefox\\firefox.exe'],
};

// How long anything may take.
const LIMIT = 60_000;

// The first that can be run, in the order: the one that was named, the system's.
export function findFirefox() {
  return firstProgram([env.STAGECRAFT_FIREFOX], PLACES);
}

// Starts the browser on a profile of its own; answers its one page and `close()`.
export async function launchFirefox() {
  const path = findFirefox();
  assert.ok(path, 'No Firefox was found; set STAGECRAFT_FIREFOX to the path of one.');
  const profile = await mkdtemp(join(tmpdir(), 'stagecraft-firefox-'));
  const program = spawn(path, ['--headless', '--no-remote', '--remote-debugging-port', '0', '--profile', profile, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(program, 'exit');
  const close = async () => {
    program.kill('SIGKILL');
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const connection = await Connection.open(`${await addressOf(program, ended)}/session`);
    return { page: await Page.first(connection), close };
  } catch (error) {
    await close();
    throw error;
  }
}

// The address that a starting browser says it listens at.
function addressOf(program, ended) {
  return new Promise((found, failed) => {
    let said = '';
    ended.then(() => failed(new Error(`Firefox has ended: ${said}`)), failed);
    program.stderr.on('data', (text) => {
      said += text;
      const match = /WebDriver BiDi listening on (ws:\S+)/.exec(said);
      if (match) found(match[1]);
    });
  });
}

// Commands with their answers, and events, over one web socket.
class Connection {
  #socket;
  #pending = new Map();
  #listeners = [];
  #sent = 0;

  static async open(address) {
    const connection = new Connection();
    connection.#socket = new WebSocket(address);
    await once(connection.#socket, 'open');
    connection.#socket.on('message', (data) => connection.#receive(JSON.parse(data)));
    connection.#socket.on('close', () => connection.#pending.forEach(({ failed }) => failed(new Error('Firefox has gone'))));
    return connection;
  }

  #receive({ type, id, result, method, params, error, message }) {
    if (type === 'event') return this.#listeners.forEach((listener) => listener(method, params));
    const { done, failed } = this.#pending.get(id);
    this.#pending.delete(id);
    return type === 'success' ? done(result) : failed(new Error(`${error}: ${message}`));
  }

  listen(listener) {
    this.#listeners.push(listener);
  }

  send(method, params) {
    const id = (this.#sent += 1);
    return new Promise((done, failed) => {
      this.#pending.set(id, { done, failed });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}

// A tab.
class Page {
  #connection;
  #context;
  // What went wrong behind the page's back: errors that it logged or threw, and the addresses of requests.
  errors = [];
  requests = [];

  static async first(connection) {
    const page = new Page();
    page.#connection = connection;
    await connection.send('session.new', { capabilities: {} });
    const { contexts } = await connection.send('browsingContext.getTree', {});
    page.#context = contexts[0].context;
    connection.listen((method, params) => {
      if (method === 'network.beforeRequestSent') page.requests.push(params.request.url);
      if (method === 'log.entryAdded' && params.level === 'error') page.errors.push(params.text);
    });
    await connection.send('session.subscribe', { events: ['log.entryAdded', 'network.beforeRequestSent'], contexts: [page.#context] });
    return page;
  }

  #send(method, params) {
    return this.#connection.send(method, { context: this.#context, ...params });
  }

  resize(viewport) {
    return this.#send('browsingContext.setViewport', { viewport });
  }

  open(url) {
    return this.#send('browsingContext.navigate', { url, wait: 'complete' });
  }

  reload() {
    return this.#send('browsingContext.reload', { wait: 'complete' });
  }

  // What a function answers that runs in the page. Whatever goes in or out is JSON.
  async evaluate(body, ...given) {
    const { type, result, exceptionDetails } = await this.#connection.send('script.callFunction', {
      functionDeclaration: `async (given) => JSON.stringify(await (${body})(...JSON.parse(given)))`,
      arguments: [{ type: 'string', value: JSON.stringify(given) }],
      target: { context: this.#context },
      awaitPromise: true,
    });
    assert.equal(type, 'success', exceptionDetails?.text);
    return result.value === undefined ? undefined : JSON.parse(result.value);
  }

  // Waits until a function that runs in the page answers something that is not nothing; answers that.
  async until(what, body, ...given) {
    for (const deadline = Date.now() + LIMIT; ;) {
      const found = await this.evaluate(body, ...given);
      if (found) return found;
      assert.ok(Date.now() < deadline, `it never happens: ${what}`);
      await this.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => drawn()); }));
    }
  }

  // The one element in sight with a role and a name, within what a selector finds. Waits for it.
  async #find(role, name, within) {
    for (const deadline = Date.now() + LIMIT; ;) {
      const roots = within ? await this.#locate({ type: 'css', value: within }) : undefined;
      const found = roots?.length === 0 ? [] : await this.#locate({ type: 'accessibility', value: { role, name } }, roots);
      if (found.length === 1) return found[0];
      assert.ok(Date.now() < deadline, `there are ${found.length} of ${role} "${name}"${within ? ` in ${within}` : ''}`);
    }
  }

  async #locate(locator, startNodes) {
    const { nodes } = await this.#send('browsingContext.locateNodes', { locator, startNodes });
    return nodes.map(({ sharedId }) => ({ type: 'node', sharedId }));
  }

  // Clicks in the middle of an element, as a mouse does.
  async click(role, name, within) {
    const origin = { type: 'element', element: await this.#find(role, name, within) };
    await this.#act('pointer', [
      { type: 'pointerMove', x: 0, y: 0, origin }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 },
    ]);
  }

  // Types a text, key by key, into what has the focus.
  type(text) {
    return this.#act('key', [...text].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]));
  }

  // Types a text into a field, in the place of what is there.
  async fill(role, name, text, within) {
    await this.click(role, name, within);
    await this.evaluate(() => document.activeElement.select());
    await this.type(text);
  }

  #act(type, actions) {
    return this.#send('input.performActions', { actions: [{ type, id: type, actions }] });
  }
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const found = findFirefox();
  if (!found) exit(1);
  console.log(found);
}
