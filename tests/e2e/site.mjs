// The built site on a server of its own, for journeys and for benchmarks.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const DIST = resolve(ROOT, env.STAGECRAFT_DIST ?? 'dist');

// The site lies in a folder of its host, to prove that its addresses are relative.
const PREFIX = '/some/sub/path/';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.json': 'application/json', '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

// Serves the built site; `close()` it at the end.
export async function serveSite() {
  assert.ok(existsSync(join(DIST, 'index.html')), `There is no site in ${DIST}; \`cargo xtask build\` makes it.`);
  const server = await listen(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    if (!path.startsWith(PREFIX)) return send(response, 404, '.txt', 'not here');
    const file = normalize(join(DIST, path.slice(PREFIX.length) || 'index.html'));
    if (!file.startsWith(DIST + sep)) return send(response, 404, '.txt', 'not here');
    try {
      send(response, 200, extname(file), await readFile(file));
    } catch {
      send(response, 404, '.txt', 'not here');
    }
  });
  return { ...server, address: new URL(PREFIX, server.address).href };
}

// A server on a free port of this machine.
export async function listen(answer) {
  const server = createServer(answer);
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

// Answers a request.
export function send(response, status, kind, body) {
  response.writeHead(status, { 'content-type': TYPES[kind] ?? 'application/octet-stream', 'cache-control': 'no-store' });
  response.end(body);
}
