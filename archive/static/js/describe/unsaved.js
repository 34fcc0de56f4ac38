// What is typed and not saved is kept on the server while one types, and when one leaves.

import { form, say, sentence } from './page.js';

const WAIT_MS = 1200;
let waiting = 0;
let sending = Promise.resolve();
let changed = 'unsaved' in form().dataset;

const typed = () => new FormData(form());

/** Wait for what is on its way; nothing more is sent until something is typed again. */
export async function settled() {
  clearTimeout(waiting);
  await sending;
}

function later({ target }) {
  if (target.form !== form() || target.closest('.filling')) return;
  changed = true;
  clearTimeout(waiting);
  waiting = setTimeout(() => { sending = sending.then(keep); }, WAIT_MS);
}

async function keep() {
  if (!changed) return;
  changed = false;
  try {
    const answer = await fetch(form().dataset.draft, {
      method: 'POST', credentials: 'same-origin', body: new URLSearchParams(typed()) });
    if (answer.status === 413) say(await answer.text());
    else if (!answer.ok) throw new Error(answer.statusText);
    form().dataset.kept = Date.now();
  } catch {
    changed = true;
    say(sentence('unkept'));
  }
}

function leave() {
  clearTimeout(waiting);
  if (changed) navigator.sendBeacon(form().dataset.draft, typed());
}

document.addEventListener('input', later);
document.addEventListener('change', later);
document.addEventListener('saved', () => { changed = false; });
document.addEventListener('swapped', () => {
  if (!('unsaved' in form().dataset)) return;
  changed = true;
  sending = sending.then(keep);
});
addEventListener('pagehide', leave);
