// Starts the program: fetches the two files that the page names and runs them. If that fails, the page says so.
// What a first visit's map does not need is a third file, which the program asks for itself.
// This is a file, not an inline script, because the page's Content-Security-Policy forbids inline scripts.

const meta = document.querySelector('meta[name="stagecraft-program"]');
const { js, wasm } = meta.dataset;

document.getElementById('boot-again').addEventListener('click', () => location.reload());

// `window.stagecraft` is there from the first moment on: a call waits for the program, which puts its own object here, or
// else a text that says why it cannot: then all are rejected, until it can.
let there, failed;
const arrival = new Promise((resolve, reject) => { there = resolve; failed = (why) => reject(new Error(`Stagecraft: ${why}`)); });
arrival.catch(() => {});
function early(name) {
  return async (given) => {
    // The caller may change afterwards what it has given. What cannot be copied is read later.
    try { given = structuredClone(given); } catch { /* an iterator, a function */ }
    return (await arrival)[name](given);
  };
}
const calls = Object.freeze(Object.fromEntries(['request', 'invoke', 'run', 'reset'].map((name) => [name, early(name)])));
Object.defineProperty(window, 'stagecraft', {
  configurable: true,
  get: () => calls,
  set(given) {
    if (typeof given === 'string') {
      failed(given);
      return;
    }
    Object.defineProperty(window, 'stagecraft', { value: given, configurable: true, writable: true, enumerable: true });
    there(given);
  },
});

// Whether there may be saved work, so that nothing else is shown first. What a link opens does not ask. Some browsers never
// answer when their storage is broken.
async function look() {
  if (/^#\/(s|embed)\//.test(location.hash)) return;
  const found = indexedDB.databases().then((all) => all.some(({ name }) => name === 'stagecraft'));
  const enough = new Promise((resolve) => { setTimeout(resolve, 1000); });
  if (await Promise.race([found, enough])) meta.dataset.saved = '';
}

try {
  const looked = look().catch(() => {});
  const program = await import(new URL(js, document.baseURI).href);
  await looked;
  await program.default({ module_or_path: new URL(wasm, document.baseURI) });
} catch (error) {
  failed(error);
  const failure = document.getElementById('boot-failure');
  // Once the program has replaced the loading state, it tells of its failures itself.
  if (failure) {
    document.getElementById('boot-status').hidden = true;
    document.getElementById('boot-reason').textContent = String(error);
    failure.hidden = false;
  }
  throw error;
}
