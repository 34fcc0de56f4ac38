// Every key of the describe page; the list that `?` opens is written in the page.

import { copyField, copyPart } from './copying.js';
import { form } from './page.js';
import { closer, otherSide, turn } from './pictures.js';
import { mark } from './regions.js';
import { isEmpty, mainOf, oneMore, rowsOf } from './rows.js';

const PLACES = {
  i: '#identity', c: '[data-rows=captions]', d: '[data-rows=dates]', p: '[data-rows=agents]',
  l: '[data-rows=places]', e: '[data-rows=events]', s: '[data-rows=subjects]', f: '#physical',
  r: '#rights', o: '#provenance', a: '#reading', n: '#notes-section',
};
const ALONE = {
  '?': () => document.getElementById('keys').showModal(),
  '+': () => closer(1), '-': () => closer(-1), 0: () => closer(0), r: turn, v: otherSide,
};
const FIELD = 'input:not([type=hidden]), textarea, select';
const onMac = navigator.platform.startsWith('Mac');
let going = false;

const isTyping = (at) => at.matches?.('textarea, select, input:not([type=checkbox], [type=radio])');
const isField = (at) => at.form === form() && at.matches(FIELD);

function go(place) {
  const part = form().querySelector(place);
  part.closest('details.fieldset').open = true;
  const list = part.matches('[data-rows]') ? part : part.querySelector('[data-rows]');
  if (!list || !part.matches('[data-rows]')) {
    enter(part.querySelector(FIELD));
    return;
  }
  const row = rowsOf(list).find(isEmpty) ?? oneMore(list);
  row.hidden = false;
  mainOf(list, row).focus();
}

/** Into a field, behind what is written there. */
function enter(field) {
  field?.focus();
  if (field?.matches('textarea, input[type=text]')) {
    field.setSelectionRange(field.value.length, field.value.length);
  }
}

function anotherRow(at) {
  const list = at.closest('[data-rows]');
  if (list) mainOf(list, oneMore(list)).focus();
}

function save(next) {
  const button = next && form().querySelector('button[name=next]');
  form().requestSubmit(button || form().querySelector('.savebar .primary'));
}

function withCtrl(event) {
  const key = event.key.toLowerCase();
  if (key === 's' && !event.shiftKey) return () => save(false);
  if (key === 'enter') return () => save(true);
  if (key === 'd' && isField(event.target)) {
    return () => (event.shiftKey ? copyPart(event.target) : copyField(event.target));
  }
  return null;
}

function withAlt(event) {
  const way = { ArrowRight: 'next', ArrowLeft: 'prev' }[event.key];
  if (way && !onMac) return () => document.querySelector(`#head a[rel=${way}]`)?.click();
  if (event.key === 'Enter') return () => anotherRow(event.target);
  return null;
}

function alone(event) {
  if (going) {
    going = false;
    return PLACES[event.key] ? () => go(PLACES[event.key]) : null;
  }
  if (event.key === 'g') return () => { going = true; };
  if (event.key === 'm') return () => mark(document.querySelector('#describe [data-last]'));
  return ALONE[event.key] ?? null;
}

function leaveField(at) {
  at.toggleAttribute('data-last', true);
  at.closest('details.fieldset')?.querySelector('summary').focus({ preventScroll: true });
}

function pressed(event) {
  if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
  const at = event.target;
  let act = null;
  if (event.ctrlKey || event.metaKey) act = event.altKey ? null : withCtrl(event);
  else if (event.altKey) act = withAlt(event);
  else if (isTyping(at)) act = event.key === 'Escape' && isField(at) ? () => leaveField(at) : null;
  else act = alone(event);
  if (!act) return;
  event.preventDefault();
  act();
}

document.addEventListener('keydown', pressed);
document.addEventListener('focusin', ({ target }) => {
  if (!target.matches?.(FIELD) || target.form !== form()) return;
  form().querySelectorAll('[data-last]').forEach((old) => old.removeAttribute('data-last'));
  target.toggleAttribute('data-last', true);
});
