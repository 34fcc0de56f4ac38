// The map of the results: moved by mouse, finger and arrow keys, brought closer by wheel and plus.
// While it moves the drawing is only shifted; then the server draws the new part, and circles, list
// and address are those of its answer.

const RESTS_MS = 250;
let resting = 0;
let asked = 0;

function enliven(mapped) {
  const svg = mapped.querySelector('.sheet > svg');
  const whole = svg.viewBox.baseVal;
  const [width, height] = [whole.width, whole.height];
  let grip = null;

  /** The drawing as it would be seen from elsewhere: `x`, `y` and `by` in units of the sheet. */
  const look = (x, y, by) => {
    svg.setAttribute('viewBox', `${x} ${y} ${width * by} ${height * by}`);
    clearTimeout(resting);
    resting = setTimeout(() => draw(mapped, boxOf(mapped, x, y, by, width, height)), RESTS_MS);
  };
  const seen = () => {
    const { x, y, width: wide } = svg.viewBox.baseVal;
    return [x, y, wide / width];
  };
  const move = (x, y) => { const [a, b, by] = seen(); look(a + x * by, b + y * by, by); };
  const closer = (factor, at = [0.5, 0.5]) => {
    const [x, y, by] = seen();
    const to = Math.min(Math.max(by * factor, 0.02), 20);
    look(x + width * (by - to) * at[0], y + height * (by - to) * at[1], to);
  };
  const unit = () => Math.max(svg.clientWidth / width, svg.clientHeight / height);

  svg.addEventListener('pointerdown', (event) => {
    if (event.button === 0) grip = [event.clientX, event.clientY, false];
  });
  svg.addEventListener('pointermove', (event) => {
    if (!grip) return;
    const [x, y] = [(grip[0] - event.clientX) / unit(), (grip[1] - event.clientY) / unit()];
    if (!grip[2] && Math.hypot(x, y) < 5) return;
    if (!grip[2]) svg.setPointerCapture(event.pointerId);
    grip = [event.clientX, event.clientY, true];
    move(x, y);
  });
  svg.addEventListener('pointerup', () => { setTimeout(() => { grip = null; }); });
  svg.addEventListener('pointercancel', () => { grip = null; });
  svg.addEventListener('click', (event) => { if (grip?.[2]) event.preventDefault(); }, true);
  svg.addEventListener('dragstart', (event) => event.preventDefault());
  svg.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && document.activeElement !== svg && !svg.contains(document.activeElement)) return;
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    closer(event.deltaY > 0 ? 1.25 : 0.8, at);
  }, { passive: false });
  svg.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
    if (step[event.key]) move(...step[event.key]);
    else if (event.key === '+' || event.key === '=') closer(0.5);
    else if (event.key === '-') closer(2);
    else return;
    event.preventDefault();
  });
  svg.setAttribute('tabindex', '0');
  const sheet = svg.parentElement;
  const largest = [...svg.querySelectorAll('.spot circle')].at(-1);
  const middle = (largest?.cx.baseVal.value ?? width / 2) / width;
  sheet.scrollLeft = middle * sheet.scrollWidth - sheet.clientWidth / 2;
  mapped.querySelector('.map').dataset.ready = '';
  mapped.querySelector('.map-keys').hidden = false;
}

/** South, west, north and east of what is seen, from those of the sheet as it was drawn. */
function boxOf(mapped, x, y, by, width, height) {
  const [south, west, north, east] = mapped.dataset.bounds.split(',').map(Number);
  const room = 1.2; // the server leaves a tenth around a box
  const middle = [(west + east) / 2, (mercator(south) + mercator(north)) / 2];
  const scale = ((east - west) * room) / width;
  const at = [middle[0] + (x + (width * by) / 2 - width / 2) * scale,
    middle[1] - (y + (height * by) / 2 - height / 2) * scale];
  const half = [((east - west) / 2) * by, ((mercator(north) - mercator(south)) / 2) * by];
  return [latitude(at[1] - half[1]), at[0] - half[0], latitude(at[1] + half[1]), at[0] + half[0]]
    .map((side) => side.toFixed(5)).join(',');
}

const degrees = 180 / Math.PI;
const mercator = (lat) => Math.log(Math.tan(Math.PI / 4 + lat / degrees / 2)) * degrees;
const latitude = (y) => (2 * Math.atan(Math.exp(y / degrees)) - Math.PI / 2) * degrees;

/** Ask for the part of the map and put it in the place of the old one. */
async function draw(mapped, box) {
  const address = new URL(location.href);
  address.searchParams.set('box', box);
  const mine = asked += 1;
  mapped.setAttribute('aria-busy', 'true');
  const answer = await fetch(address);
  if (!answer.ok || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const drawn = page.querySelector('[data-map]');
  if (!drawn || mine !== asked) return;
  const focused = mapped.querySelector('.sheet > svg') === document.activeElement;
  mapped.replaceWith(document.importNode(drawn, true));
  history.replaceState(null, '', address);
  const now = document.querySelector('[data-map]');
  enliven(now);
  if (focused) now.querySelector('.sheet > svg').focus({ preventScroll: true });
}

enliven(document.querySelector('[data-map]'));
