// The Chromium that the browser tests run in. `node browser.mjs` prints its path, or fails.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { argv, env, exit, platform } from 'node:process';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const PLACES = {
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'],
  macApps: ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Google Chrome for Testing'],
  windowsPrograms: ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'],
};

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

// Starts the browser on a profile that stays, as a process that can be killed; answers Playwright's browser, and `kill()`.
export async function launchOn(profile) {
  const program = spawn(findBrowser(), [...FLAGS, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank']);
  const ended = once(program, 'exit');
  const address = await new Promise((found, failed) => {
    ended.then(() => failed(new Error('the browser has ended')), failed);
    program.stderr.on('data', (text) => {
      const match = /listening on (ws:\S+)/.exec(text);
      if (match) found(match[1]);
    });
  });
  const kill = async () => {
    program.kill('SIGKILL');
    await ended;
  };
  return { browser: await chromium.connectOverCDP(address), kill };
}

// Starts the browser.
export async function launch() {
  const executablePath = findBrowser();
  assert.ok(executablePath, 'No Chromium was found; set STAGECRAFT_CHROME to the path of one.');
  return chromium.launch({ executablePath, args: FLAGS });
}

// The first that can be run, in the order: the one that was named, the system's, Playwright's own.
export function findBrowser() {
  return firstProgram([env.STAGECRAFT_CHROME, env.CHROME], PLACES) ?? [chromium.executablePath()].find(isProgram);
}

// The first program that can be run: of some paths, or else where systems have programs of these names. On macOS the
// program within an app has the app's name; capital letters make no difference there.
export function firstProgram(paths, places) {
  return [...paths, ...onSystem(places)].filter(Boolean).find(isProgram);
}

function onSystem({ names, macApps, windowsPrograms }) {
  switch (platform) {
    case 'darwin':
      return macApps.flatMap((app) => ['/Applications', join(env.HOME ?? '', 'Applications')].map((dir) => join(dir, `${app}.app`, 'Contents/MacOS', app)));
    case 'win32':
      return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
        .filter(Boolean)
        .flatMap((dir) => windowsPrograms.map((program) => join(dir, program)));
    default:
      return (env.PATH ?? '').split(delimiter).flatMap((dir) => names.map((name) => join(dir, name)));
  }
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const found = findBrowser();
  if (!found) exit(1);
  console.log(found);
}
