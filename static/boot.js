// Starts the program: fetches the two files that the page names and runs them. If that fails, the page says so.
// This is a file, not an inline script, because the page's Content-Security-Policy forbids inline scripts.

const { js, wasm } = document.querySelector('meta[name="stagecraft-program"]').dataset;

try {
  const program = await import(new URL(js, document.baseURI).href);
  await program.default({ module_or_path: new URL(wasm, document.baseURI) });
} catch (error) {
  const failure = document.getElementById('boot-failure');
  // Once the program has replaced the loading state, it tells of its failures itself.
  if (failure) {
    document.getElementById('boot-status').hidden = true;
    document.getElementById('boot-reason').textContent = String(error);
    document.getElementById('boot-again').addEventListener('click', () => location.reload());
    failure.hidden = false;
  }
  throw error;
}
