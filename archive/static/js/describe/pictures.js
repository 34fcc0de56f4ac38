// The picture beside the form: closer and further, turned, the other side. Nothing of it is kept.

const pane = document.querySelector('[data-pictures]');
const figures = [...pane.querySelectorAll('figure')];
const tools = pane.querySelector('[data-tools]');
const STEPS = [1, 1.5, 2, 3, 4, 6];
let at = 0;
let step = 0;

const plate = () => figures[at]?.querySelector('.plate');

/** One step closer (1), further (-1), or the whole picture (0). */
export function closer(by) {
  if (!plate()) return;
  step = by ? Math.min(Math.max(step + by, 0), STEPS.length - 1) : 0;
  plate().style.width = step ? `${STEPS[step] * 100}%` : '';
  const image = plate().querySelector('img');
  if (step && image.dataset.large !== image.getAttribute('src')) image.src = image.dataset.large;
}

/** A quarter turn to the right. */
export function turn() {
  if (plate()) plate().dataset.turn = (Number(plate().dataset.turn ?? 0) + 1) % 4;
}

/** Straight again: marks are set on the picture as it is. */
export function straight() {
  if (at) show(0);
  if (plate()) delete plate().dataset.turn;
}

/** The next file: from the front to the back and round again. */
export function otherSide() {
  if (figures.length > 1) show((at + 1) % figures.length);
}

function show(number) {
  closer(0);
  at = number;
  figures.forEach((figure, n) => { figure.hidden = n !== at; });
  tools?.querySelectorAll('[data-show]').forEach((button, n) => {
    button.setAttribute('aria-pressed', String(n === at));
  });
}

const ACTS = { closer: () => closer(1), further: () => closer(-1), whole: () => closer(0), turn };

if (tools) {
  tools.hidden = false;
  tools.addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button?.dataset.show) show(Number(button.dataset.show));
    else ACTS[button?.dataset.act]?.();
  });
  show(0);
}
