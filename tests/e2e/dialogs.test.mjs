// A dialog holds the focus, covers the page, closes with Escape wherever the focus is, and gives the focus back.

import assert from 'node:assert/strict';
import { NARROW, accessible, journey, reads, shot } from './support.mjs';

const focusInside = (page) => page.evaluate(() => document.querySelector('dialog').contains(document.activeElement));

async function openFromAButton(page) {
  await page.getByRole('button', { name: 'Share', exact: true }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Share' }).waitFor();
  assert.ok(await focusInside(page), 'the focus goes in');
}

journey('the Tab key goes round inside of a dialog, both ways', async ({ page, open }) => {
  await open();
  await openFromAButton(page);
  const stops = new Set();
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press('Tab');
    assert.ok(await focusInside(page), `Tab number ${press + 1} stays inside`);
    stops.add(await page.evaluate(() => document.activeElement.outerHTML));
  }
  assert.ok(stops.size > 3, 'it stops at more than one place');
  for (let press = 0; press < 20; press += 1) {
    await page.keyboard.press('Shift+Tab');
    assert.ok(await focusInside(page), `Shift+Tab number ${press + 1} stays inside`);
  }
  await accessible(page);
});

journey('Escape closes a dialog, and the focus goes back to what opened it', async ({ page, open }) => {
  await open();
  await openFromAButton(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.textContent === 'Share');
});

journey('a dialog whose focus is lost still hears Escape and Tab', async ({ page, open }) => {
  await open();
  await openFromAButton(page);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Tab');
  assert.ok(await focusInside(page));
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

for (const viewport of [undefined, NARROW]) {
  journey(`what is behind a dialog is neither clicked nor focused${viewport ? ', on a phone' : ''}`, { viewport }, async ({ page, open }) => {
    await open();
    await page.keyboard.press('d');
    await page.getByRole('dialog', { name: 'Deploy API' }).waitFor();
    const { width, height } = page.viewportSize();
    for (const [x, y] of [[3, 3], [width - 3, 3], [3, height - 3], [width - 3, height - 3]]) {
      await page.mouse.click(x, y);
      assert.ok(await focusInside(page), 'the focus stays');
      assert.equal(await page.evaluate(([x, y]) => document.elementFromPoint(x, y).className, [x, y]), 'modal-back');
    }
    await page.evaluate(() => document.getElementById('map').focus());
    assert.ok(await focusInside(page), 'a script that moves the focus out is no way out');
  });
}

journey('what is known of AWS is listed with its sources', async ({ page, open }) => {
  await open();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('faithful');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'How faithful is this?' });
  await reads(dialog, /\d+ operations of Amazon API Gateway's REST control plane, and \d{3} facts/);
  await dialog.locator('summary', { hasText: /^Stage ·/ }).click();
  await reads(dialog, /The members of a new plain stage\s*recorded/);
  await accessible(page);
  await shot(page, 'ledger');
});
