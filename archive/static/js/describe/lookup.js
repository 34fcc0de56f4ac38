// Names are offered while one types (ARIA 1.2 combobox). Choosing one says which is meant; a name
// that is not chosen is looked up when it is saved, and made when nobody has it.

import { sentence } from './page.js';
import { calm } from './turns.js';

const ADDRESS = '/workbench/authorities/lookup';
const WAIT_MS = 120;
let waiting = 0;
let asked = null;

const near = (input, part) => input.form.elements[input.name.replace(/-name$/, `-${part}`)];
const listOf = (input) => document.getElementById(`${input.id}-offered`);
const chosen = (input) => near(input, 'target').value && near(input, 'named').value === input.value.trim();

/** The field becomes a combobox when it is first entered. */
function prepare(input) {
  if (input.getAttribute('role') === 'combobox') return;
  const list = document.createElement('ul');
  list.id = `${input.id}-offered`;
  list.hidden = true;
  list.tabIndex = -1;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.labels[0].textContent.trim());
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => choose(input, target.closest('[role=option]')));
  const ties = {
    role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false',
    'aria-controls': list.id, autocomplete: 'off' };
  for (const [key, value] of Object.entries(ties)) input.setAttribute(key, value);
  input.parentElement.classList.add('lookup');
  input.after(list);
}

async function offer(input) {
  await calm();
  if (document.activeElement !== input) return;
  const query = input.value.trim();
  if (!query) {
    close(input);
    return;
  }
  asked?.abort();
  asked = new AbortController();
  const address = new URL(ADDRESS, location.href);
  const { lookup: kind, scheme } = input.dataset;
  address.search = new URLSearchParams({ kind, scheme: scheme ?? '', q: query });
  try {
    const answer = await fetch(address, { signal: asked.signal, credentials: 'same-origin' });
    if (answer.ok && document.activeElement === input) open(input, await answer.json());
  } catch (error) {
    if (error.name !== 'AbortError') close(input);
  }
}

function open(input, found) {
  const list = listOf(input);
  list.replaceChildren(...found.map((entry, number) => option(input, entry, number)));
  list.hidden = !found.length;
  input.setAttribute('aria-expanded', String(!list.hidden));
  input.removeAttribute('aria-activedescendant');
  tell(input, !found.some(({ name }) => same(name, input.value)));
}

const plain = (text) => text.trim().normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const same = (one, other) => plain(one) === plain(other);

function option(input, { id, name, detail }, number) {
  const line = document.createElement('li');
  line.id = `${input.id}-offered-${number}`;
  line.setAttribute('role', 'option');
  line.setAttribute('aria-selected', 'false');
  line.dataset.id = id;
  line.dataset.name = name;
  line.append(name);
  if (detail) {
    const more = document.createElement('span');
    more.className = 'quiet';
    more.textContent = ` ${detail}`;
    line.append(more);
  }
  return line;
}

/** Say beside the field that nobody has this name yet. */
function tell(input, isNew) {
  let note = input.parentElement.querySelector('.new-name');
  if (!note) {
    note = document.createElement('output');
    note.className = 'new-name';
    note.setAttribute('for', input.id);
    input.parentElement.append(note);
  }
  note.textContent = isNew && input.value.trim() ? sentence('newName') : '';
}

function close(input) {
  const list = listOf(input);
  if (!list) return;
  list.hidden = true;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

function choose(input, line) {
  if (!line) return;
  input.value = line.dataset.name;
  near(input, 'target').value = line.dataset.id;
  near(input, 'named').value = line.dataset.name;
  tell(input, false);
  close(input);
  clearTimeout(waiting);
  input.dispatchEvent(new CustomEvent('input', { bubbles: true, detail: 'chosen' }));
}

function step(input, by) {
  const lines = [...listOf(input).children];
  const now = lines.findIndex((line) => line.getAttribute('aria-selected') === 'true');
  const to = now < 0 && by < 0 ? lines.length - 1 : (now + by + lines.length) % lines.length;
  lines.forEach((line, n) => line.setAttribute('aria-selected', String(n === to)));
  input.setAttribute('aria-activedescendant', lines[to].id);
  lines[to].scrollIntoView({ block: 'nearest' });
}

function pressed(event) {
  const input = event.target;
  if (!input.dataset?.lookup || event.altKey || event.ctrlKey || event.metaKey) return;
  const list = listOf(input);
  const isOpen = list && !list.hidden;
  const current = isOpen && list.querySelector('[aria-selected=true]');
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    if (isOpen) step(input, event.key === 'ArrowDown' ? 1 : -1);
    else offer(input);
  } else if (event.key === 'Enter' && current) {
    choose(input, current);
  } else if (event.key === 'Escape' && isOpen) {
    close(input);
  } else {
    // A list that scrolls would take the focus: it is closed before the focus moves on.
    if (event.key === 'Tab' && current) choose(input, current);
    if (event.key === 'Tab') close(input);
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener('focusin', ({ target }) => { if (target.dataset?.lookup) prepare(target); });
document.addEventListener('focusout', ({ target }) => { if (target.dataset?.lookup) close(target); });
document.addEventListener('keydown', pressed, true);
document.addEventListener('input', (event) => {
  const input = event.target;
  if (!input.dataset?.lookup || event.detail === 'chosen') return;
  clearTimeout(waiting);
  if (chosen(input)) tell(input, false);
  waiting = setTimeout(() => offer(input), WAIT_MS);
});
