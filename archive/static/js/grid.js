// The grid of photographs: choosing rows by keyboard and mouse, and the facts of the row looked at.
// Without this script tick boxes, links and buttons do the same.

const form = document.querySelector('[data-grid]');
const rows = form ? [...form.querySelectorAll('tr[data-id]')] : [];
const said = form?.querySelector('[data-grid-said]');
const inspector = document.getElementById('inspector');
let at = Math.max(0, rows.findIndex((row) => row.classList.contains('now')));
let from = at; // where a range that is being chosen began
let every = false; // all that fit, not only this page
let asked = null;

const box = (row) => row.querySelector('input[type=checkbox]');

function tell() {
  const number = rows.filter((row) => box(row).checked).length;
  for (const row of rows) row.setAttribute('aria-selected', String(box(row).checked));
  said.value = every ? said.dataset.every : number ? said.dataset.some.replace('{n}', number) : '';
}

/** All that fit are sent as a wish, not as thousands of boxes. */
function chooseEvery(wanted) {
  every = wanted;
  form.querySelector('input[name=all]')?.remove();
  if (!wanted) return;
  const wish = Object.assign(document.createElement('input'), { type: 'hidden', name: 'all', value: '1' });
  form.append(wish);
}

function choose(first, last, wanted = true) {
  chooseEvery(false);
  const [low, high] = first < last ? [first, last] : [last, first];
  rows.slice(low, high + 1).forEach((row) => { box(row).checked = wanted; });
  tell();
}

function look(number, { range = false } = {}) {
  at = Math.min(Math.max(number, 0), rows.length - 1);
  rows.forEach((row, place) => {
    row.classList.toggle('now', place === at);
    row.tabIndex = place === at ? 0 : -1;
  });
  rows[at].focus();
  if (range) choose(from, at); else from = at;
  show(rows[at]);
}

/** The facts come from the page that a browser without scripts would open; without them, none. */
async function show(row) {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(row.querySelector('[data-look]').href, { signal: asked.signal });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const found = page.getElementById('inspector');
    if (answer.ok && found) inspector.replaceChildren(...found.childNodes);
  } catch (error) {
    if (error.name !== 'AbortError') inspector.replaceChildren();
  }
}

function keys(event) {
  const row = event.target.closest('tr[data-id]');
  if (!row || event.altKey || event.metaKey) return;
  if (event.target !== row && event.key !== 'Escape') return; // a link or box has its own keys
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -rows.length, End: rows.length };
  if (event.key in steps) look(at + steps[event.key], { range: event.shiftKey });
  else if (event.key === ' ') choose(at, at, !box(row).checked);
  else if (event.key === 'Enter') row.querySelector('[data-open-row]').click();
  else if (event.key === 'a' && event.ctrlKey) {
    choose(0, rows.length - 1);
    chooseEvery(true);
    tell();
  } else if (event.key === 'Escape') {
    choose(0, rows.length - 1, false);
  } else return;
  event.preventDefault();
}

function click(event) {
  const row = event.target.closest('tr[data-id]');
  if (!row) return;
  const number = rows.indexOf(row);
  if (event.target === box(row)) {
    if (event.shiftKey) choose(from, number, box(row).checked);
    from = number;
    chooseEvery(false);
    tell();
  } else if (event.target.closest('[data-look]')) {
    event.preventDefault();
    look(number);
  } else if (!event.target.closest('a, button, input')) {
    if (event.shiftKey) look(number, { range: true });
    else if (event.ctrlKey || event.metaKey) choose(number, number, !box(row).checked);
    else look(number);
  }
}

if (rows.length) {
  form.querySelector('[data-grid-keys]').hidden = false;
  rows.forEach((row, place) => { row.tabIndex = place === at ? 0 : -1; });
  form.addEventListener('keydown', keys);
  form.addEventListener('click', click);
  tell();
}
