// Reads a date back in words while it is typed. Without this it is read when it is saved.

import { calm } from './turns.js';

const WAIT_MS = 250;
let waiting = 0;

async function readBack(input) {
  await calm();
  const address = new URL(input.dataset.readDate, location.href);
  const known = input.value === input.dataset.knownFor ? input.dataset.known : '';
  address.searchParams.set('text', known || input.value);
  const answer = await fetch(address, { headers: { Accept: 'text/html' } });
  if (answer.ok) place(input).innerHTML = await answer.text();
}

function place(input) {
  if (input.nextElementSibling?.matches('output')) return input.nextElementSibling;
  const made = document.createElement('output');
  made.className = 'small';
  made.setAttribute('for', input.id);
  input.after(made);
  return made;
}

document.addEventListener('input', ({ target }) => {
  if (!target.dataset?.readDate) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => readBack(target), WAIT_MS);
});
