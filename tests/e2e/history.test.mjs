// The history: every operation in other words, and all of them as a script.

import assert from 'node:assert/strict';
import { accessible, journey, reads, shot } from './support.mjs';

const entry = (page, text) => page.getByRole('button', { name: text, exact: true });

journey('an operation is told in five other ways, with its answer', async ({ page, open }) => {
  await open();
  await page.evaluate(() => stagecraft.run("aws apigateway create-deployment --rest-api-id $(aws apigateway get-rest-apis --query 'items[0].id' --output text) --stage-name dev"));
  await page.getByRole('tab', { name: 'History', exact: true }).click();
  const first = page.locator('.history li').first();
  await first.locator('button.what').click();
  const panel = page.locator('#same-as-panel');
  await reads(panel, /^aws apigateway create-deployment --rest-api-id [a-z0-9]{10} --stage-name dev/);
  await accessible(page);
  await shot(page, 'history-cli');
  const ways = [
    ['Console', /In Resources, choose Deploy API\.[^]*Stage: \*New stage\*\. Stage name: dev\./],
    ['HTTP', /POST \/restapis\/[a-z0-9]{10}\/deployments HTTP\/1\.1[^]*Host: apigateway\.us-east-1\.amazonaws\.com[^]*"stageName": "dev"/],
    ['boto3', /client\.create_deployment\(\s*restApiId='[a-z0-9]{10}',\s*stageName='dev',\s*\)/],
    ['JavaScript', /new CreateDeploymentCommand\(\{[^]*stageName: "dev",/],
  ];
  for (const [name, text] of ways) {
    await page.getByRole('tab', { name, exact: true }).and(page.locator('[id^=same-as]')).click();
    await reads(panel, text);
    await accessible(page);
  }
  await shot(page, 'history-sdk');
  await page.getByText('Answer: 201').click();
  await reads(first, /"createdDate"/);
});

journey('the history as a script makes the same workspace again', async ({ page, open }) => {
  await open();
  await page.evaluate(async () => {
    const { stdout } = await stagecraft.run("aws apigateway get-rest-apis --query 'items[0].id' --output text");
    const id = stdout.trim();
    await stagecraft.run(`aws apigateway create-deployment --rest-api-id ${id} --stage-name dev --description "it's the first"
aws apigateway create-deployment --rest-api-id ${id} --stage-name prod
aws apigateway delete-stage --rest-api-id ${id} --stage-name prod`);
  });
  await page.keyboard.press('Control+z');
  await page.getByRole('tab', { name: 'History', exact: true }).click();
  await page.getByRole('button', { name: 'Copy as a shell script' }).click();
  await page.getByText('Copied: the script makes this workspace').waitFor();
  const script = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(script, /^#!\/bin\/sh\nset -e\n/);
  assert.doesNotMatch(script, /delete-stage/, 'what was taken back is not in it');
  const before = await page.locator('#map-sentences').innerText();
  const ran = await page.evaluate(async (script) => {
    await stagecraft.reset();
    return stagecraft.run(script);
  }, script);
  assert.deepEqual({ exitCode: ran.exitCode, stderr: ran.stderr }, { exitCode: 0, stderr: '' });
  const plain = (text) => text.replace(/[a-z0-9]{10}\.execute-api/g, 'API.execute-api');
  await reads(page.locator('#map-sentences'), /prod/);
  assert.equal(plain(await page.locator('#map-sentences').innerText()), plain(before));
});
