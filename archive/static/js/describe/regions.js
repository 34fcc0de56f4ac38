// Where people are on the picture: numbered boxes over it, set by mouse or by keys.
// What holds are the four number fields of each row; the boxes only show and change them.

import { form, say, sentence } from './page.js';
import { straight } from './pictures.js';

const SVG = 'http://www.w3.org/2000/svg';
const PARTS = ['x', 'y', 'w', 'h'];
const FIRST = [40, 30, 20, 30];
const LEAST = 1;
const CORNER_PX = 14;
const board = document.querySelector('[data-regions]');
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
let drawn = '';

const fieldsOf = (name) => PARTS.map((part) => form().elements[`${name}-region_${part}`]);
const nameOf = (name) => form().elements[`${name}-name`]?.value.trim();
const boxOf = (name) => board?.querySelector(`[data-for="${name}"]`);
const rows = () => [...form().querySelectorAll('[data-rows=agents] > [data-row]')]
  .map((row) => row.querySelector('[name$="-name"]').name.replace('-name', ''));

function regionOf(name) {
  const values = fieldsOf(name).map((field) => Number.parseFloat(field?.value.replace(',', '.')));
  return values.some(Number.isNaN) ? null : values;
}

/** Within the picture, to a tenth of a per cent, never smaller than LEAST. */
function fitting([x, y, w, h]) {
  const round = (value) => Math.round(value * 10) / 10;
  const wide = Math.min(Math.max(w, LEAST), 100);
  const high = Math.min(Math.max(h, LEAST), 100);
  return [
    round(Math.min(Math.max(x, 0), 100 - wide)), round(Math.min(Math.max(y, 0), 100 - high)),
    round(wide), round(high)];
}

function put(name, region) {
  const values = region ? fitting(region) : ['', '', '', ''];
  fieldsOf(name).forEach((field, n) => { field.value = values[n]; });
  fieldsOf(name)[0].dispatchEvent(new Event('input', { bubbles: true }));
}

/** Draw the boxes anew from what the fields say. */
function draw() {
  if (!board) return;
  const focused = document.activeElement?.dataset?.for;
  const placed = rows().filter((name) => regionOf(name));
  board.replaceChildren(...placed.map((name, number) => box(name, number + 1, regionOf(name))));
  if (focused) boxOf(focused)?.focus();
}

function box(name, number, [x, y, w, h]) {
  const group = document.createElementNS(SVG, 'g');
  const label = `${number} ${nameOf(name) ?? ''}`;
  group.dataset.for = name;
  for (const [key, value] of [['tabindex', 0], ['role', 'group'], ['aria-label', label]]) {
    group.setAttribute(key, value);
  }
  const rect = document.createElementNS(SVG, 'rect');
  const shape = { x: `${x}%`, y: `${y}%`, width: `${w}%`, height: `${h}%` };
  for (const [key, value] of Object.entries(shape)) rect.setAttribute(key, value);
  const text = document.createElementNS(SVG, 'text');
  for (const [key, value] of Object.entries({ x: `${x}%`, y: `${y}%`, dx: 5, dy: 16 })) {
    text.setAttribute(key, value);
  }
  text.textContent = label;
  group.append(rect, text);
  return group;
}

/** Mark the person of the row in which a field stands, and go to the mark. */
export function mark(field) {
  const name = field?.closest('[data-rows=agents] > [data-row]')
    ?.querySelector('[name$="-name"]').name.replace('-name', '');
  if (!name || !board) {
    say(sentence('unmarked'));
    return;
  }
  straight();
  if (!regionOf(name)) put(name, FIRST);
  boxOf(name).focus();
}

function moved(event) {
  const name = event.target.dataset?.for;
  if (!name) return;
  const [x, y, w, h] = regionOf(name);
  const step = MOVES[event.key];
  if (step && event.shiftKey) put(name, [x, y, w + step[0], h + step[1]]);
  else if (step) put(name, [x + step[0], y + step[1], w, h]);
  else if (event.key === 'Delete' || event.key === 'Backspace') put(name, null);
  else if (event.key === 'Escape' || event.key === 'Enter') form().elements[`${name}-name`].focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

const share = (event) => {
  const frame = board.getBoundingClientRect();
  return [(event.clientX - frame.left) / frame.width * 100,
    (event.clientY - frame.top) / frame.height * 100];
};

/** Follow the pointer until it is lifted. */
function follow(event, change) {
  event.preventDefault();
  const from = share(event);
  const onMove = (next) => change(from, share(next));
  addEventListener('pointermove', onMove);
  addEventListener('pointerup', () => removeEventListener('pointermove', onMove), { once: true });
}

function pressedOn(event) {
  const name = drawn || event.target.closest?.('[data-for]')?.dataset.for;
  if (!name) return;
  if (drawn) {
    stopDrawing();
    follow(event, ([x, y], [a, b]) => put(
      name, [Math.min(x, a), Math.min(y, b), Math.abs(a - x), Math.abs(b - y)]));
    return;
  }
  const [x, y, w, h] = regionOf(name);
  const frame = boxOf(name).querySelector('rect').getBoundingClientRect();
  const atCorner = frame.right - event.clientX < CORNER_PX && frame.bottom - event.clientY < CORNER_PX;
  boxOf(name).focus();
  follow(event, ([x0, y0], [x1, y1]) => put(
    name, atCorner ? [x, y, w + x1 - x0, h + y1 - y0] : [x + x1 - x0, y + y1 - y0, w, h]));
}

function startDrawing(name) {
  straight();
  drawn = name;
  board.closest('[data-pictures]').classList.add('drawing');
  say(sentence('draw', { name: nameOf(name) ?? '' }));
}

function stopDrawing() {
  drawn = '';
  board.closest('[data-pictures]').classList.remove('drawing');
}

/** Each row gets its buttons: draw with the mouse, mark with the keys. */
function offer() {
  for (const part of form().querySelectorAll('[data-region] > .acts')) part.hidden = !board;
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-mark]');
  if (!button) return;
  const field = button.closest('[data-row]').querySelector('[name$="-name"]');
  if (button.dataset.mark === 'draw') startDrawing(field.name.replace('-name', ''));
  else mark(field);
});
board?.addEventListener('keydown', moved);
board?.parentElement.addEventListener('pointerdown', pressedOn);
board?.parentElement.addEventListener('click', (event) => {
  if (event.target.closest('[data-for]')) event.preventDefault();
});
document.addEventListener('input', ({ target }) => {
  if (/^agents-\d+-(region_|name)/.test(target.name ?? '')) draw();
});
for (const name of ['swapped', 'refreshed']) {
  document.addEventListener(name, () => { offer(); draw(); });
}
offer();
draw();
