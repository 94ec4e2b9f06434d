// Names as long as AWS lets them be: nothing is pushed out of sight, and nothing scrolls sideways but what is code.

import assert from 'node:assert/strict';
import { atRest, journey, reads } from './support.mjs';

const LONG = 'a-very-long-stage-name-that-goes-on-until-there-is-no-more-room-';

// An API and a stage with long names, and a method below a long path.
const prepare = (page) => page.evaluate(async (stageName) => {
  const { stagecraft } = globalThis;
  const ask = async (method, path, body) => {
    const answer = await stagecraft.request({ method, path, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const [api] = (await ask('GET', '/restapis')).item;
  const at = `/restapis/${api.id}`;
  await ask('PATCH', at, { patchOperations: [{ op: 'replace', path: '/name', value: 'An API name without an end, '.repeat(30) }] });
  const outer = await ask('POST', `${at}/resources/${api.rootResourceId}`, { pathPart: 's'.repeat(128) });
  const inner = await ask('POST', `${at}/resources/${outer.id}`, { pathPart: `{${'p'.repeat(126)}}` });
  await ask('PUT', `${at}/resources/${inner.id}/methods/GET`, { authorizationType: 'NONE' });
  await ask('PUT', `${at}/resources/${inner.id}/methods/GET/integration`, { type: 'MOCK' });
  await ask('POST', `${at}/deployments`, { stageName, description: 'd'.repeat(1024) });
  await ask('PATCH', at, { patchOperations: [{ op: 'replace', path: '/description', value: 'd'.repeat(1024) }] });
  await ask('POST', `${at}/models`, { name: 'M'.repeat(100), contentType: 'application/json', schema: '{}' });
  const plan = await ask('POST', '/usageplans', { name: 'P'.repeat(200), apiStages: [{ apiId: api.id, stage: stageName }] });
  return { api: api.id, inner: inner.id, plan: plan.id };
}, LONG);

// What is wider than its place, or reaches out of the window.
const tooWide = (page) => page.evaluate(() => {
  const out = [];
  for (const part of document.querySelectorAll('html, .app, .scroll, .detail, .tree-pane, .tabs, dialog')) {
    if (part.scrollWidth > part.clientWidth + 1) out.push(`${part.tagName}.${part.className}: ${part.scrollWidth} in ${part.clientWidth}`);
  }
  for (const button of document.querySelectorAll('.top button')) {
    const { right, left } = button.getBoundingClientRect();
    if (right > window.innerWidth || left < 0) out.push(`${button.textContent || button.title}: ${left} to ${right}`);
  }
  return out;
});

for (const [width, height] of [[1440, 900], [900, 700], [360, 780]]) {
  journey(`the longest names push nothing out of sight, at ${width} px`, { viewport: { width, height } }, async ({ page, open }) => {
    await open();
    const { api, inner, plan } = await prepare(page);
    const edit = page.locator('nav.bottom').getByRole('button', { name: 'Edit', exact: true });
    const screens = [
      ['settings', 'API details'], [`resources/${inner}`, 'Resource ID'], [`resources/${inner}/GET/test`, 'Test method'],
      [`stages/${LONG}/urls`, 'as D1 froze them'], [`stages/${LONG}/changes`, 'Changes'], ['deployments', 'Deployments'],
      [`models/${'M'.repeat(100)}`, 'Model schema'], [`plans/${plan}`, 'Usage plan ID'],
    ];
    for (const [place, text] of screens) {
      await page.evaluate((hash) => { window.location.hash = hash; }, `#/${api}/${place}`);
      if (width < 860) await edit.click();
      await reads(page.locator('.editor'), new RegExp(text));
      await atRest(page);
      assert.deepEqual(await tooWide(page), [], place);
      const heads = await page.locator('.detail-head .actions').evaluateAll((all) => all.map((actions) => actions.clientHeight));
      assert.ok(heads.every((height) => height < 48), `${place}: the ways beside a title stand side by side`);
    }
    await page.keyboard.press('d');
    await page.getByRole('dialog', { name: 'Deploy API' }).waitFor();
    assert.deepEqual(await tooWide(page), [], 'Deploy API');
  });
}
