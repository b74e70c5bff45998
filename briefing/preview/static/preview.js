// The script of the preview page: it shows the state that the server sends, and keeps the scroll positions.
'use strict';

const $ = (id) => document.getElementById(id);
const query = (values) => new URLSearchParams({ brief: shown.brief, ...values }).toString();
const shown = { brief: '', briefs: '', screen: 0, pages: 0, sheets: [], zoom: 0, away: '' };
const ZOOMS = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

// ---- Create an element; strings become text nodes, never markup
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// ---- Settings and scroll positions, kept when the page is reloaded
function remembered() { try { return JSON.parse(sessionStorage.getItem('preview')) ?? {}; } catch { return {}; } }
function remember(values) { try { sessionStorage.setItem('preview', JSON.stringify({ ...remembered(), ...values })); } catch { /* storage is blocked: nothing is kept */ } }
function rememberPlaces() {
  const places = { screen: frameScroll()?.scrollTop ?? 0, pages: $('sheets').scrollTop };
  remember({ places: { ...remembered().places, [shown.brief]: places } });
}
const lastPlace = (pane) => remembered().places?.[shown.brief]?.[pane] ?? 0;

// ---- Events from the server
let events;
function follow(brief) {
  events?.close();
  Object.assign(shown, { brief, screen: 0, pages: 0, sheets: [], away: '' });
  $('frames').replaceChildren(make('p', { class: 'empty' }, 'The brief is being set …'));
  $('sheets').replaceChildren(make('p', { class: 'empty' }, 'The pages are being laid out …'));
  $('opened').replaceChildren();
  events = new EventSource(brief ? `events?${query({})}` : 'events');
  let told = false;
  events.onmessage = ({ data }) => { told = true; tell(JSON.parse(data)); };
  events.onerror = () => {
    if (brief && !told && events.readyState === EventSource.CLOSED) follow(''); // the brief does not exist any more
    else mood('bad', 'The preview has ended: start it again with briefing preview');
  };
}

function tell(news) {
  if (!shown.brief) shown.brief = news.brief;
  remember({ brief: news.brief });
  document.title = `${news.brief} – Preview`;
  if (shown.briefs !== news.briefs.join('\n')) {
    shown.briefs = news.briefs.join('\n');
    $('brief').replaceChildren(...news.briefs.map((name) => make('option', { value: name }, name)));
  }
  $('brief').value = news.brief;
  for (const link of document.querySelectorAll('[data-format]')) link.href = `download?${query({ format: link.dataset.format })}`;
  if (news.screen && news.screen !== shown.screen) showScreen(news.screen);
  if (news.pages && news.pages !== shown.pages) showPages(news.pages);
  showProblems(news);
}

function mood(name, words) {
  $('state').dataset.mood = name;
  if ($('state').textContent !== words) $('state').textContent = words;
}

const counted = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`;

// ---- Errors, warnings and notes
function showProblems({ problems, busy, screen, pages, count }) {
  const errors = problems.filter((one) => one.severity === 'error');
  const others = problems.filter((one) => one.severity !== 'error');
  const key = JSON.stringify(errors);
  if (key !== shown.away) shown.away = '';
  if (key !== shown.errors) {
    shown.errors = key;
    $('errors').replaceChildren(...errors.map(asError));
    $('problems-title').textContent = counted(errors.length, 'error');
  }
  $('behind').textContent = screen || pages ? 'Behind this are the last good pages.' : 'The brief is shown as soon as this is mended.';
  $('problems').hidden = !errors.length || shown.away === key;
  document.querySelector('main').classList.toggle('stale', !$('problems').hidden);
  for (const link of document.querySelectorAll('[data-format]')) link.toggleAttribute('aria-disabled', errors.length > 0);
  for (const link of document.querySelectorAll('[aria-disabled]')) link.setAttribute('aria-disabled', 'true');
  $('warnings').replaceChildren(...others.map(asWarning));
  const warnings = others.filter((one) => one.severity === 'warning').length;
  const notes = others.length - warnings;
  $('notices-button').textContent = [warnings && counted(warnings, 'warning'), notes && counted(notes, 'note')].filter(Boolean).join(', ');
  $('notices-button').hidden = !others.length;
  if (!others.length) openNotices(false);
  if (errors.length) mood('bad', `Not up to date: ${counted(errors.length, 'error')}`);
  else if (busy) mood('busy', 'Setting …');
  else mood('good', count ? `Up to date, ${counted(count, 'page')}` : 'Up to date');
}

function placeLink({ file, line, column, link }) {
  const words = `${file}:${line}:${column}`;
  return link ? make('a', { class: 'place', href: link }, words) : make('span', { class: 'place' }, words);
}

function asError(one) {
  const item = make('li', {}, make('p', { class: 'message' }, one.message));
  item.append(make('p', {}, ...(one.place ? [placeLink(one.place), ' '] : []), make('span', { class: 'code' }, one.code)));
  if (one.excerpt) {
    const letters = [...one.excerpt];
    const start = Math.min(one.place.column - 1, letters.length);
    const end = Math.max(one.end === null ? letters.length : Math.min(one.end - 1, letters.length), start);
    const label = one.label ? [make('span', { class: 'label' }, one.label)] : [];
    item.append(make('pre', { tabindex: '0' },
      make('span', { class: 'number' }, String(one.place.line)), letters.slice(0, start).join(''),
      make('mark', {}, letters.slice(start, end).join('') || ' '), letters.slice(end).join(''), ...label));
  } else if (one.label) item.append(make('p', {}, one.label));
  if (one.help) item.append(make('p', { class: 'help' }, one.help));
  return item;
}

function asWarning(one) {
  const words = make('div', {}, make('p', {}, one.message));
  if (one.place) words.append(make('p', {}, placeLink(one.place)));
  if (one.help) words.append(make('p', { class: 'help' }, one.help));
  return make('li', { class: one.severity }, make('span', { class: 'severity' }, one.severity), words);
}

function openNotices(open) {
  $('notices').hidden = !open;
  $('notices-button').setAttribute('aria-expanded', String(open));
}

// ---- HTML: the new document is loaded behind the old one, which is removed after that
const frameOf = () => document.querySelector('#frames iframe:not(.coming)');
const frameScroll = () => frameOf()?.contentDocument?.scrollingElement;

function showScreen(state) {
  shown.screen = state;
  for (const waiting of document.querySelectorAll('#frames .coming')) waiting.remove();
  const frame = make('iframe', { class: 'coming', title: 'The brief as HTML', sandbox: 'allow-same-origin', src: `screen?${query({ state })}` });
  frame.addEventListener('load', () => {
    const before = frameOf();
    const page = frame.contentDocument;
    const top = before ? frameScroll()?.scrollTop ?? 0 : lastPlace('screen');
    page.scrollingElement.scrollTo({ top, behavior: 'instant' });
    const focused = document.activeElement === before;
    frame.classList.remove('coming');
    before?.remove();
    document.querySelector('#frames .empty')?.remove();
    if (focused) frame.focus();
    pointable(page);
    page.addEventListener('keydown', keys);
  });
  $('frames').append(frame);
}

function pointable(page) {
  const style = page.createElement('style');
  style.textContent = '[data-pointed]{outline:2px solid #1d6fb8a0;outline-offset:2px;border-radius:1px;cursor:pointer}';
  page.head.append(style);
  const field = (event) => event.target.closest?.('[data-path]');
  let pointed = null;
  page.addEventListener('mouseover', (event) => {
    if (field(event) === pointed) return;
    pointed?.removeAttribute('data-pointed');
    pointed = field(event);
    pointed?.setAttribute('data-pointed', '');
  });
  page.documentElement.addEventListener('mouseleave', () => { pointed?.removeAttribute('data-pointed'); pointed = null; });
  page.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (link?.getAttribute('href').startsWith('#')) return; // a link inside the brief
    event.preventDefault();
    if (field(event) && page.getSelection().isCollapsed) open_('screen', field(event).dataset.path);
  });
}

// ---- Pages: pictures of the PDF, drawn when they are scrolled near
const near = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) { target.near = isIntersecting; if (isIntersecting) draw(target); }
}, { root: $('sheets'), rootMargin: '600px' });

async function showPages(state) {
  shown.pages = state;
  const brief = shown.brief;
  const answer = await fetch(`sheets?${query({ state })}`).catch(() => null);
  if (!answer?.ok || shown.pages !== state || shown.brief !== brief) return;
  const first = !shown.sheets.length;
  shown.sheets = (await answer.json()).sheets;
  document.querySelector('#sheets .empty')?.remove();
  const old = [...document.querySelectorAll('.sheet')];
  old.slice(shown.sheets.length).forEach((one) => { near.unobserve(one); one.remove(); });
  shown.sheets.forEach((_, index) => {
    const sheet = old[index] ?? make('div', { class: 'sheet' }, make('img', { alt: '' }));
    sheet.querySelector('img').alt = `Page ${index + 1} of ${shown.sheets.length}`;
    sheet.index = index;
    if (!old[index]) { $('sheets').append(sheet); sheet.addEventListener('mousemove', point); sheet.addEventListener('mouseleave', unpoint); sheet.addEventListener('click', clicked); near.observe(sheet); }
  });
  $('count').textContent = `PDF, ${counted(shown.sheets.length, 'page')}`;
  layOut();
  if (first) $('sheets').scrollTop = lastPlace('pages');
}

function layOut() {
  if (!$('sheets').clientWidth) return; // the pane is not shown
  const room = $('sheets').clientWidth - 48;
  shown.sheets.forEach(({ width, height }, index) => {
    const sheet = document.querySelectorAll('.sheet')[index];
    const wide = Math.max(120, Math.round(shown.zoom ? width * shown.zoom : Math.min(room, width * 2)));
    sheet.style.width = `${wide}px`;
    sheet.style.height = `${Math.round(wide * height / width)}px`;
    if (sheet.near) draw(sheet);
  });
  const { width } = shown.sheets[0] ?? { width: 1 };
  const wide = document.querySelector('.sheet')?.clientWidth ?? 0;
  $('zoom').textContent = wide ? `${Math.round(100 * wide / width)} %` : '–';
  $('fit').setAttribute('aria-pressed', String(!shown.zoom));
}

async function draw(sheet) {
  const width = Math.min(3000, Math.ceil(sheet.clientWidth * devicePixelRatio));
  const source = `page?${query({ page: sheet.index + 1, width, state: shown.pages })}`;
  if (!width || sheet.source === source) return;
  sheet.source = source;
  const image = new Image();
  image.src = source;
  try { await image.decode(); } catch { if (sheet.source === source) sheet.source = ''; return; }
  if (sheet.source !== source) return; // a newer picture was requested in the meantime
  image.alt = sheet.querySelector('img').alt;
  image.dataset.state = shown.pages;
  sheet.querySelector('img').replaceWith(image);
}

function zoomTo(zoom) {
  const stage = $('sheets');
  const at = (stage.scrollTop + stage.clientHeight / 2) / stage.scrollHeight;
  shown.zoom = zoom;
  layOut();
  stage.scrollTop = at * stage.scrollHeight - stage.clientHeight / 2;
  remember({ zoom });
}

function step(direction) {
  const now = document.querySelector('.sheet')?.clientWidth / (shown.sheets[0]?.width || 1) || 1;
  const next = direction > 0 ? ZOOMS.find((one) => one > now + 0.01) : ZOOMS.findLast((one) => one < now - 0.01);
  if (next) zoomTo(next);
}

// The smallest box below the pointer: boxes are nested.
function boxAt(sheet, event) {
  const { width, boxes } = shown.sheets[sheet.index] ?? { boxes: [] };
  const { left, top } = sheet.getBoundingClientRect();
  const scale = width / sheet.clientWidth;
  const [x, y] = [(event.clientX - left) * scale, (event.clientY - top) * scale];
  const below = boxes.filter(([, bx, by, w, h]) => x >= bx && x <= bx + w && y >= by && y <= by + h);
  return below.reduce((best, box) => (best && best[3] * best[4] < box[3] * box[4] ? best : box), null);
}

function point(event) {
  const sheet = event.currentTarget;
  const box = boxAt(sheet, event);
  if (!box) { unpoint(event); return; }
  const mark = sheet.querySelector('.mark') ?? sheet.appendChild(make('div', { class: 'mark' }));
  const { width, height } = shown.sheets[sheet.index];
  const [, x, y, w, h] = box;
  Object.assign(mark.style, { left: `${100 * x / width}%`, top: `${100 * y / height}%`, width: `${100 * w / width}%`, height: `${100 * h / height}%` });
  sheet.classList.add('pointed');
}

function unpoint({ currentTarget: sheet }) { sheet.querySelector('.mark')?.remove(); sheet.classList.remove('pointed'); }
function clicked(event) { const box = boxAt(event.currentTarget, event); if (box) open_('pages', box[0]); }

// ---- Open the editor at the line of the clicked element
async function open_(pane, path) {
  const answer = await fetch(`place?${query({ pane, path })}`).catch(() => null);
  if (!answer?.ok) return;
  const place = await answer.json();
  $('opened').replaceChildren('Opened ', placeLink(place));
  if (place.link) toEditor(place.link);
}

// In a hidden frame, so that a browser without a handler for the link does not replace this page with an error.
function toEditor(link) {
  document.querySelector('#editor')?.remove();
  document.body.append(make('iframe', { id: 'editor', src: link, hidden: '', title: 'The editor' }));
}

// ---- Keys and controls
function keys(event) {
  if (event.key === 'Escape') { hideProblems(); openNotices(false); }
  if (event.ctrlKey || event.metaKey || event.altKey || document.activeElement !== $('sheets')) return;
  if (event.key === '+' || event.key === '=') step(1);
  if (event.key === '-') step(-1);
  if (event.key === '0') zoomTo(0);
}
function hideProblems() {
  if ($('problems').hidden) return;
  shown.away = shown.errors;
  $('problems').hidden = true;
  document.querySelector('main').classList.remove('stale');
}
function view(name) {
  document.body.dataset.view = name;
  document.querySelector(`[name="view"][value="${name}"]`).checked = true;
  layOut();
  remember({ view: name });
}

document.addEventListener('keydown', keys);
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a.place');
  if (link) { event.preventDefault(); toEditor(link.href); }
});
$('away').addEventListener('click', hideProblems);
$('notices-button').addEventListener('click', () => openNotices($('notices').hidden));
$('smaller').addEventListener('click', () => step(-1));
$('larger').addEventListener('click', () => step(1));
$('fit').addEventListener('click', () => zoomTo(0));
$('brief').addEventListener('change', ({ target }) => { rememberPlaces(); follow(target.value); });
for (const input of document.querySelectorAll('[name="view"]')) input.addEventListener('change', () => view(input.value));
document.querySelector('.downloads').addEventListener('click', (event) => { if (event.target.closest('[aria-disabled]')) event.preventDefault(); });
new ResizeObserver(layOut).observe($('sheets'));
addEventListener('pagehide', rememberPlaces);

const last = remembered();
shown.zoom = last.zoom ?? 0;
view(last.view ?? 'both');
follow(last.brief ?? '');
