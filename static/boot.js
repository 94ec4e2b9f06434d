// Starts the program: fetches the two files that the page names and runs them. If that fails, the page says so.
// What a first visit's map does not need is a third file, which the program asks for itself.
// This is a file, not an inline script, because the page's Content-Security-Policy forbids inline scripts.

const { js, wasm } = document.querySelector('meta[name="stagecraft-program"]').dataset;

document.getElementById('boot-again').addEventListener('click', () => location.reload());

try {
  const program = await import(new URL(js, document.baseURI).href);
  await program.default({ module_or_path: new URL(wasm, document.baseURI) });
} catch (error) {
  const failure = document.getElementById('boot-failure');
  // Once the program has replaced the loading state, it tells of its failures itself.
  if (failure) {
    document.getElementById('boot-status').hidden = true;
    document.getElementById('boot-reason').textContent = String(error);
    failure.hidden = false;
  }
  throw error;
}
