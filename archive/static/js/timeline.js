// A span on the timeline: dragged over the bars, or set with two handles by finger or arrow keys.
// It is written into the date field beside it, as one would type it, and searched for there.

const SVG = 'http://www.w3.org/2000/svg';

class Span {
  constructor(line, form) {
    this.line = line;
    this.form = form;
    this.svg = line.querySelector('svg');
    this.bars = [...this.svg.querySelectorAll('[data-first]')];
    [this.first, this.last] = this.asked();
    this.pick = document.createElementNS(SVG, 'rect');
    this.pick.setAttribute('class', 'pick');
    this.pick.setAttribute('height', '100');
    this.handles = [this.handle(line.dataset.from, 0), this.handle(line.dataset.to, 1)];
    this.listen();
    this.place();
    line.dataset.ready = '';
  }

  /** The bars that are chosen already, else all. */
  asked() {
    const chosen = this.bars.map((bar, at) => (bar.classList.contains('in') ? at : -1))
      .filter((at) => at >= 0);
    return chosen.length ? [chosen[0], chosen.at(-1)] : [0, this.bars.length - 1];
  }

  handle(label, end) {
    const handle = document.createElement('button');
    handle.type = 'button';
    handle.className = 'handle';
    handle.setAttribute('role', 'slider');
    handle.setAttribute('aria-label', label);
    handle.setAttribute('aria-valuemin', '0');
    handle.setAttribute('aria-valuemax', String(this.bars.length - 1));
    handle.addEventListener('keydown', (event) => this.key(event, end));
    this.svg.parentElement.append(handle);
    return handle;
  }

  listen() {
    const area = this.svg.parentElement;
    area.addEventListener('pointerdown', (event) => this.press(event));
    area.addEventListener('pointermove', (event) => this.drag(event));
    area.addEventListener('pointerup', (event) => this.release(event));
    area.addEventListener('pointercancel', () => this.cancel());
  }

  barAt(event) {
    const box = this.svg.getBoundingClientRect();
    const place = Math.floor(((event.clientX - box.left) / box.width) * this.bars.length);
    return Math.min(Math.max(place, 0), this.bars.length - 1);
  }

  /** A handle moves its own end; anywhere else a new span begins. */
  press(event) {
    if (event.button !== 0) return;
    const end = this.handles.indexOf(event.target);
    this.before = [this.first, this.last];
    this.from = [this.last, this.first][end] ?? this.barAt(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    if (end < 0) this.set(this.from, this.from);
  }

  drag(event) {
    if (this.from !== undefined) this.set(this.from, this.barAt(event));
  }

  release() {
    if (this.from === undefined) return;
    this.from = undefined;
    if (this.first !== this.before[0] || this.last !== this.before[1]) this.form.requestSubmit();
  }

  cancel() {
    if (this.from === undefined) return;
    this.from = undefined;
    this.set(...this.before);
  }

  /** Arrows move an end, Home and End take it to the edge, Enter searches. */
  key(event, end) {
    const at = end ? this.last : this.first;
    const to = {
      ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1,
      PageDown: at - 5, PageUp: at + 5, Home: end ? this.first : 0,
      End: end ? this.bars.length - 1 : this.last,
    }[event.key];
    if (event.key === 'Enter') this.form.requestSubmit();
    else if (to === undefined) return;
    else if (end) this.set(this.first, Math.max(this.first, Math.min(to, this.bars.length - 1)));
    else this.set(Math.min(this.last, Math.max(to, 0)), this.last);
    event.preventDefault();
  }

  set(one, other) {
    [this.first, this.last] = [Math.min(one, other), Math.max(one, other)];
    const [start, end] = [this.bars[this.first].dataset.first, this.bars[this.last].dataset.last];
    this.form.elements.date.value = start === end ? start : `${start}..${end}`;
    this.svg.append(this.pick);
    this.place();
  }

  place() {
    this.pick.setAttribute('x', String(this.first * 10));
    this.pick.setAttribute('width', String((this.last - this.first + 1) * 10));
    [this.first, this.last].forEach((at, end) => {
      const handle = this.handles[end];
      handle.style.left = `${((at + end) / this.bars.length) * 100}%`;
      handle.setAttribute('aria-valuenow', String(at));
      handle.setAttribute('aria-valuetext', this.bars[at].dataset.said);
    });
  }
}

document.querySelectorAll('[data-timeline]').forEach((line) => {
  const form = (line.closest('section') ?? document).querySelector('[data-date]');
  if (form && line.querySelector('[data-first]')) new Span(line, form);
});
