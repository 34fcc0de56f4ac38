// One more row without asking the server, and no empty cards where there are written ones.

import { form } from './page.js';

export const MAIN = {
  identifiers: 'value', captions: 'text', dates: 'display', agents: 'name', places: 'name',
  events: 'name', subjects: 'name', carriers: 'technique',
};
const TYPED = 'input:not([type=hidden], [type=radio], [type=checkbox]), textarea';

export const rowsOf = (list) => [...list.querySelectorAll(':scope > [data-row]')];
export const isEmpty = (row) => [...row.querySelectorAll(TYPED)].every((field) => !field.value.trim());
export const mainOf = (list, row) => row.querySelector(`[name$="-${MAIN[list.dataset.rows]}"]`);

/** An empty row at the end: the one that is there, or a new one like it. */
export function oneMore(list) {
  const last = rowsOf(list).at(-1);
  last.hidden = false;
  if (isEmpty(last)) return last;
  const made = last.cloneNode(true);
  const name = list.dataset.rows;
  const number = Number(mainOf(list, last).name.split('-')[1]) + 1;
  const moved = (text) => text.replace(new RegExp(`\\b${name}-\\d+`, 'g'), `${name}-${number}`);
  for (const part of made.querySelectorAll('*')) {
    for (const { name: key, value } of [...part.attributes]) {
      if (value.includes(`${name}-`)) part.setAttribute(key, moved(value));
    }
  }
  made.querySelectorAll('output, .new-name, [role=listbox]').forEach((part) => part.remove());
  made.querySelectorAll('input, textarea, select').forEach(clear);
  made.querySelectorAll('.more').forEach((more) => { more.open = false; });
  last.after(made);
  return made;
}

function clear(field) {
  if (field.type === 'radio') field.checked = false;
  else if (field.type === 'checkbox') field.checked = field.name.endsWith('-public');
  else if (field.tagName === 'SELECT') field.selectedIndex = 0;
  else if (!field.name.endsWith('-preferred')) field.value = '';
}

/** A card that says nothing is shown only where it is the only one. */
function tidy() {
  for (const list of form().querySelectorAll('[data-rows]')) {
    const last = rowsOf(list).at(-1);
    if (last?.matches('.statement') && last.previousElementSibling && isEmpty(last)) {
      last.hidden = true;
    }
  }
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-add]');
  if (!button) return;
  event.preventDefault();
  const list = form().querySelector(`[data-rows="${button.dataset.add}"]`);
  mainOf(list, oneMore(list)).focus();
});
document.addEventListener('input', ({ target }) => {
  const list = target.closest?.('[data-rows]');
  const row = target.closest?.('.line[data-row]');
  if (list && row && row === rowsOf(list).at(-1) && !isEmpty(row)) oneMore(list);
});
document.addEventListener('swapped', tidy);
tidy();
