// node preview.mjs MODULES CHROMIUM ORDERS
// Does with a running preview what a person does, in headless Chromium, and prints as JSON what was to be seen.
// ORDERS is a JSON file: address, content (the file that is edited), good, edited and broken (its texts), clicks.
import { createRequire } from 'node:module';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [modules, executablePath, orders] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), 'package.json'));
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf-8');
const { chromium } = require('playwright-core');
const { address, brief, content, good, edited, broken, warned, clicks } = JSON.parse(readFileSync(orders, 'utf-8'));

const seen = { errors: [], strangers: [], axe: {} };
const port = new URL(address).port;
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP stranger.example 127.0.0.1'],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
const page = await context.newPage();
page.on('request', (request) => {
  const url = request.url();
  if (!url.startsWith(address) && !url.startsWith('data:') && !url.startsWith('vscode:')) seen.strangers.push(url);
});
page.on('console', (message) => { if (message.type() === 'error') seen.errors.push(message.text()); });
page.on('pageerror', (error) => seen.errors.push(error.message));

// An editor that saves by renaming.
function save(text) { writeFileSync(`${content}.aside`, text); renameSync(`${content}.aside`, content); }

page.setDefaultTimeout(60000); // a machine may be slow; what hangs is found all the same
const words = () => page.evaluate(() => document.querySelector('#frames iframe:not(.coming)')?.contentDocument?.body?.innerText ?? '');
const holds = (text) => page.waitForFunction((wanted) => document.querySelector('#frames iframe:not(.coming)')?.contentDocument?.body?.textContent.includes(wanted), text);
const drawn = (tab = page) => tab.waitForFunction(() => document.querySelector('#state').dataset.mood === 'good'
  && [...document.querySelectorAll('.sheet')].some((one) => one.near)
  && [...document.querySelectorAll('.sheet')].every((one) => !one.near || Number(one.querySelector('img').dataset.state) === shown.pages));
const picture = () => page.evaluate(async () => {
  const canvas = document.createElement('canvas');
  const image = document.querySelector('.sheet img');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  canvas.getContext('2d').drawImage(image, 0, 0);
  const hash = await crypto.subtle.digest('SHA-256', canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data);
  return { width: canvas.width, hash: [...new Uint8Array(hash)].join() };
});
const standing = () => page.evaluate(() => ({
  zoom: document.querySelector('#zoom').textContent,
  pages: document.querySelector('#sheets').scrollTop,
  screen: document.querySelector('#frames iframe:not(.coming)').contentDocument.scrollingElement.scrollTop,
  view: document.body.dataset.view,
}));

async function look(name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    // The brief in its frame runs no script, so axe-core cannot look into it; briefs have tests of their own.
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() => window.axe.run(document, { iframes: false,
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    seen.axe[`${name}, ${colorScheme}`] = {
      rules: passes.length,
      found: violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 4).map((node) => node.target.join(' ')).join(', ')} ${nodes[0].failureSummary}`),
    };
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

// ---- It loads
save(good);
await page.goto(`${address}`);
await page.waitForFunction(() => document.querySelector('#brief').options.length > 0);
await page.selectOption('#brief', brief);
await drawn();
seen.loaded = { title: await page.title(), words: await words(), sheets: await page.locator('.sheet').count(), picture: await picture(),
  briefs: await page.locator('#brief option').allTextContents(), alt: await page.locator('.sheet img').first().getAttribute('alt') };
await look('loaded');

// ---- A saved edit, first on the screen and then on the pages; zoom and scroll stay
await page.click('#larger'); await page.click('#larger');
await drawn();
await page.evaluate(() => {
  document.querySelector('#sheets').scrollTop = 700;
  document.querySelector('#frames iframe').contentDocument.scrollingElement.scrollTo({ top: 300, behavior: 'instant' });
});
const before = await standing();
const oldPicture = await picture();
const oldPages = await page.evaluate(() => shown.pages);
save(edited);
await holds('edited in this very moment');
const pagesThen = await page.evaluate(() => shown.pages);
await page.waitForFunction((old) => shown.pages !== old, oldPages);
await drawn();
seen.edit = { screenFirst: pagesThen === oldPages, picture: await picture(), oldPicture, before, after: await standing() };

// ---- A reload of the page itself
for (const view of ['screen', 'pages', 'both']) await page.check(`[name="view"][value="${view}"]`);
await page.evaluate(() => { document.querySelector('#sheets').scrollTop = 700; });
const beforeReload = await standing();
await page.reload();
await holds('edited in this very moment');
await drawn();
seen.reload = { before: beforeReload, after: await standing(), brief: await page.locator('#brief').inputValue() };
await page.click('#fit');
save(good);
await page.waitForFunction(() => !document.querySelector('#frames iframe:not(.coming)')?.contentDocument?.body?.textContent.includes('edited in this very moment'));
await drawn();

// ---- A broken brief, above its last good pages; then mended
const whole = await words();
save(broken);
await page.waitForSelector('#problems');
seen.broken = { title: await page.textContent('#problems-title'), says: await page.locator('#errors').innerText(), mark: await page.textContent('#errors mark'),
  link: await page.getAttribute('#errors a.place', 'href'), state: await page.textContent('#state'), words: (await words()) === whole,
  sheets: await page.locator('.sheet img').count(), behind: await page.textContent('#behind') };
await look('broken');
await page.keyboard.press('Escape');
seen.broken.hidden = await page.locator('#problems').isHidden();
save(warned);
await page.waitForSelector('#notices-button');
await drawn();
await page.click('#notices-button');
seen.warned = { button: await page.textContent('#notices-button'), says: await page.locator('#warnings').innerText(), problems: await page.locator('#problems').isVisible() };
await look('warned');
save(broken);
await page.waitForSelector('#problems');
save(good);
await page.waitForSelector('#problems', { state: 'hidden' });
await drawn();
seen.mended = { words: (await words()) === whole, state: await page.textContent('#state') };

// ---- By keyboard alone
await page.evaluate(() => document.activeElement?.blur());
seen.keyboard = [];
for (let times = 0; times < 100 && seen.keyboard.at(-1)?.on !== 'sheets'; times += 1) {
  await page.keyboard.press('Tab');
  seen.keyboard.push(await page.evaluate(() => {
    const { id, dataset, name, tagName } = document.activeElement;
    const outline = getComputedStyle(name === 'view' ? document.activeElement.nextElementSibling : document.activeElement).outlineStyle;
    return { on: id || dataset.format || name || tagName.toLowerCase(), outlined: outline !== 'none' };
  }));
}
await page.focus('#sheets');
await page.keyboard.press('0');
const fitted = (await standing()).zoom;
await page.keyboard.press('+');
seen.keyZoom = { fitted, larger: (await standing()).zoom };

// ---- Downloads
seen.downloads = {};
for (const format of ['html', 'pdf', 'docx']) {
  const started = page.waitForEvent('download');
  await page.click(`[data-format="${format}"]`);
  const download = await started;
  seen.downloads[download.suggestedFilename()] = readFileSync(await download.path()).toString('base64');
}

// ---- A narrow window scrolls nothing sideways
await page.setViewportSize({ width: 400, height: 800 });
seen.narrow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
await look('narrow');

// ---- A click asks for the right line, and sends the editor there. Each in a tab of its own: before it starts an editor
// the browser asks, and a tab that waits for an answer takes no more clicks.
seen.clicks = [];
for (const { pane, text, page: number, x, y } of clicks) {
  const tab = await context.newPage();
  await tab.addInitScript((name) => sessionStorage.setItem('preview', JSON.stringify({ brief: name })), brief);
  await tab.goto(address);
  await drawn(tab);
  const session = await context.newCDPSession(tab);
  await session.send('Page.enable');
  let wentTo = '';
  session.on('Page.frameRequestedNavigation', ({ url }) => { wentTo = url; });
  const point = pane === 'screen'
    ? await tab.evaluate((wanted) => {
      const frame = document.querySelector('#frames iframe:not(.coming)');
      const range = frame.contentDocument.createRange();
      const walker = frame.contentDocument.createTreeWalker(frame.contentDocument.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(wanted);
        if (at < 0) continue;
        walker.currentNode.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
        range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + wanted.length);
        const [box, outer] = [range.getClientRects()[0], frame.getBoundingClientRect()];
        return [outer.left + box.left + 4, outer.top + box.top + box.height / 2];
      }
      throw new Error(`the screen has no '${wanted}'`);
    }, text)
    : await tab.evaluate(([index, left, top]) => {
      const sheet = document.querySelectorAll('.sheet')[index - 1];
      document.querySelector('#sheets').scrollTop = sheet.offsetTop + top * sheet.clientHeight - 300;
      const box = sheet.getBoundingClientRect();
      return [box.left + left * box.width, box.top + top * box.height];
    }, [number, x, y]);
  await tab.mouse.move(...point);
  const marked = await tab.evaluate(() => document.querySelectorAll('.mark').length
    + document.querySelector('#frames iframe').contentDocument.querySelectorAll('[data-pointed]').length);
  const asked = tab.waitForResponse((response) => response.url().includes('/place?'));
  await tab.mouse.click(...point);
  const answer = await (await asked).json();
  await tab.waitForFunction((words) => document.querySelector('#opened').textContent.includes(words), `:${answer.line}:${answer.column}`);
  for (let times = 0; !wentTo && times < 50; times += 1) await tab.waitForTimeout(20);
  seen.clicks.push({ text, pane, marked, ...answer, wentTo, told: await tab.textContent('#opened') });
  await tab.close();
}

// ---- The door, as a browser meets it
const stranger = await context.newPage();
const open = async (url) => (await stranger.goto(url))?.status();
seen.door = { host: await open(`http://stranger.example:${port}/`), up: await open(`${address}..%2fbriefing.yaml`), dots: await open(`${address}%2e%2e/%2e%2e/etc/passwd`), own: await open(address) };

await browser.close();
console.log(JSON.stringify(seen));
