// Saving without a new page: what was typed stays, the focus stays, and what came of it is said.

import { ask, comeBack, form, say, sentence, setValue, swap, told } from './page.js';
import { MAIN, isEmpty, mainOf, rowsOf } from './rows.js';
import { first } from './turns.js';
import { settled } from './unsaved.js';

let busy = false;

async function submit(event) {
  if (event.target !== form()) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  performance.mark('save-begins');
  try {
    await settled();
    await first(send(event.submitter));
  } catch {
    say(sentence('failed'));
  } finally {
    busy = false;
  }
}

async function send(button) {
  const fields = new URLSearchParams(new FormData(form(), button));
  const answer = await ask(location.href, { method: 'POST', body: fields });
  if (answer.headers.get('Content-Type')?.startsWith('application/json')) {
    await saved(await answer.json());
  } else if ([200, 409, 422].includes(answer.status)) {
    shown(await answer.text(), answer.status);
  } else {
    say(sentence('failed'));
  }
}

async function saved(came) {
  delete form().dataset.unsaved;
  document.dispatchEvent(new Event('saved'));
  performance.measure('save', 'save-begins');
  if (came.next) {
    location.assign(came.next);
    return;
  }
  if (location.search.includes('draft=')) history.replaceState(null, '', withoutDraft());
  told(came.said);
  document.getElementById('head').outerHTML = came.head;
  if (!fill(new Map(came.fields))) {
    const kept = swap(await (await ask(location.href)).text());
    told(came.said);
    comeBack(kept);
  }
  document.dispatchEvent(new Event('refreshed'));
}

function withoutDraft() {
  const address = new URL(location.href);
  address.searchParams.delete('draft');
  return address;
}

/** What is kept now, in the fields that are here; false where the rows are others. */
function fill(kept) {
  const lists = [...form().querySelectorAll('[data-rows]')];
  if (!lists.every((list) => sameRows(list, kept))) return false;
  for (const [name, value] of kept) {
    const field = form().elements[name];
    if (field && !(field instanceof RadioNodeList) && field !== document.activeElement) {
      setValue(field, value);
    }
  }
  return true;
}

function sameRows(list, kept) {
  const name = list.dataset.rows;
  return rowsOf(list).every((row, number) => {
    const key = `${name}-${number}-${MAIN[name]}`;
    if (!kept.has(key)) return isEmpty(row);
    const main = mainOf(list, row);
    return main.name === key && main.value.trim() === kept.get(key).trim();
  });
}

/** The same page with something filled in, to be chosen, or wrong. */
function shown(html, status) {
  const kept = swap(html);
  const first = document.querySelector('#describe [role=alert], #merge');
  if (status === 200 || !first) {
    comeBack(kept);
  } else {
    first.tabIndex = -1;
    first.focus();
  }
}

document.addEventListener('submit', submit);
