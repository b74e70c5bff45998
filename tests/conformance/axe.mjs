// node axe.mjs MODULES CHROMIUM FILE...
// Opens each file in headless Chromium, in light and dark, 360 and 1280 CSS pixels wide, and prints one JSON object:
// file -> what axe-core found, and whether the page scrolls sideways, asks anything of the outside, or logs an error.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, executablePath, ...files] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'package.json'));
const { AxeBuilder } = require('@axe-core/playwright');
const { chromium } = require('playwright-core');

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const findings = Object.fromEntries(files.map((file) => [file, []]));

async function look(file, colorScheme, width) {
  const found = (words) => findings[file].push(`${colorScheme}, ${width} px: ${words}`);
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const own = pathToFileURL(path.resolve(file)).href;
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && url.split('#')[0] !== own) found(`asks for ${url}`);
  });
  page.on('console', (message) => { if (message.type() === 'error') found(`logs ${message.text()}`); });
  page.on('pageerror', (error) => found(`fails with ${error.message}`));
  await page.goto(own);
  const { violations, passes } = await new AxeBuilder({ page }).withTags(tags).analyze();
  if (passes.length < 10) found(`axe-core applied only ${passes.length} rules`);
  for (const { id, impact, help, nodes } of violations) {
    found(`${id} (${impact}) ${nodes.length}x: ${help}: ${nodes.slice(0, 3).map((node) => node.target.join(' ')).join(', ')}`);
  }
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  if (wide > room) found(`scrolls sideways: ${wide} px of words in ${room} px`);
  await context.close();
}

for (const file of files) {
  for (const colorScheme of ['light', 'dark']) {
    await Promise.all([360, 1280].map((width) => look(file, colorScheme, width)));
  }
}
await browser.close();
console.log(JSON.stringify(findings));
