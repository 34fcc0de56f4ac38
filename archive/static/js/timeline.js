// Dragging over the timeline writes the span into the date field beside it and searches there.

const SVG = 'http://www.w3.org/2000/svg';

function enliven(line) {
  const svg = line.querySelector('svg');
  const bars = [...svg.querySelectorAll('rect')];
  const form = (line.closest('section') ?? document).querySelector('[data-date]');
  if (!bars.length || !form) return;
  const pick = document.createElementNS(SVG, 'rect');
  pick.setAttribute('class', 'pick');
  pick.setAttribute('height', '100');
  let from = null;

  const barAt = (event) => {
    const box = svg.getBoundingClientRect();
    const place = Math.floor(((event.clientX - box.left) / box.width) * bars.length);
    return Math.min(Math.max(place, 0), bars.length - 1);
  };
  const show = (to) => {
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    pick.setAttribute('x', String(first * 10));
    pick.setAttribute('width', String((last - first + 1) * 10));
    const [start, end] = [bars[first].dataset.first, bars[last].dataset.last];
    form.elements.date.value = start === end ? start : `${start}..${end}`;
  };
  svg.addEventListener('pointerdown', (event) => {
    from = barAt(event);
    svg.setPointerCapture(event.pointerId);
    svg.append(pick);
    show(from);
  });
  svg.addEventListener('pointermove', (event) => { if (from !== null) show(barAt(event)); });
  svg.addEventListener('pointerup', () => { if (from !== null) form.requestSubmit(); from = null; });
  svg.addEventListener('pointercancel', () => { from = null; pick.remove(); });
  line.dataset.ready = '';
}

document.querySelectorAll('[data-timeline]').forEach(enliven);
