// Deep zoom in place of the picture: OpenSeadragon is fetched only when somebody asks for it.
// Tiles come from our own image service (IIIF); people who are marked have their names on them.
// Where one is, is said aloud. `#zoom` in the address opens it, so that the other side opens too.

const HASH = '#zoom';
const STEP = 1.5;
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

let library = null;

/** The library would write a style of its own into the page, which the page does not allow; it
    does not where it finds one. This one is of no language that a browser knows. */
function forestallStyle() {
  const style = document.createElementNS('urn:pillanat:nothing', 'style');
  style.setAttribute('data-openseadragon-mobile-css', 'true');
  document.head.append(style);
}

function load() {
  library ??= new Promise((done, failed) => {
    forestallStyle();
    const script = document.createElement('script');
    script.src = new URL('../vendor/openseadragon.min.js', import.meta.url).href;
    script.onload = () => done(window.OpenSeadragon);
    script.onerror = failed;
    document.head.append(script);
  });
  return library;
}

const actions = {
  in: (viewer) => viewer.viewport.zoomBy(STEP),
  out: (viewer) => viewer.viewport.zoomBy(1 / STEP),
  whole: (viewer) => { viewer.viewport.setRotation(0); viewer.viewport.goHome(); },
  turn: (viewer) => viewer.viewport.setRotation((viewer.viewport.getRotation() + 90) % 360),
  names: (viewer, button) => {
    const shown = viewer.element.classList.toggle('nameless');
    button.setAttribute('aria-pressed', String(!shown));
  },
};

/** Moves by a quarter of what is seen, as it is seen when it is turned. */
const move = (across, down) => ({ viewport }) => {
  const { x, y } = viewport.getContainerSize();
  const way = viewport.deltaPointsFromPixels(
    new window.OpenSeadragon.Point((across * x) / 4, (down * y) / 4));
  viewport.panBy(way.rotate(-viewport.getRotation()));
  viewport.applyConstraints();
};

const keys = {
  '+': actions.in, '=': actions.in, '-': actions.out, _: actions.out, 0: actions.whole, r: actions.turn,
  ArrowLeft: move(-1, 0), ArrowRight: move(1, 0), ArrowUp: move(0, -1), ArrowDown: move(0, 1),
};

/** The description of a picture, with the address it was asked at: behind some proxies a site
    does not know its own name. */
async function described(address) {
  const answer = await fetch(address, { headers: { Accept: 'application/ld+json' } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  const information = await answer.json();
  information.id = new URL(address.replace('/info.json', ''), location.href).href;
  return information;
}

/** Opens a viewer of the picture described at `address` in an element. */
export async function show(element, address) {
  const [OpenSeadragon, information] = await Promise.all([load(), described(address)]);
  const viewer = OpenSeadragon({
    element,
    drawer: 'canvas',
    tileSources: information,
    showNavigationControl: false,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
    animationTime: calm ? 0 : 0.6,
    maxZoomPixelRatio: 2,
    visibilityRatio: 0.6,
  });
  viewer.addHandler('canvas-key', (event) => {
    const act = keys[event.originalEvent.key];
    if (!act) return;
    event.preventDefaultAction = true;
    act(viewer);
  });
  return viewer;
}

/** In words: how far a viewer has enlarged the picture, and which part is in the middle. */
export function spoken(viewer, words, format) {
  const times = viewer.viewport.getZoom() / viewer.viewport.getHomeZoom();
  if (times < 1.05) return words.whole;
  const bounds = viewer.world.getItemAt(0).getBounds();
  const { x, y } = viewer.viewport.getCenter();
  const third = (at, size) => Math.min(2, Math.max(0, Math.floor((3 * at) / size)));
  const where = words.where[third(x, bounds.width) + 3 * third(y, bounds.height)];
  return words.enlarged.replace('{times}', format(times)).replace('{where}', where);
}

export const number = new Intl.NumberFormat(document.documentElement.lang, {
  maximumFractionDigits: 1,
}).format;

/** Names on those who are seen; a name leads to the person's page. */
function nameThem(viewer, people) {
  const height = viewer.world.getItemAt(0).getBounds().height;
  for (const { address, name, region } of people) {
    const [x, y, wide, high] = region.map((part) => part / 100);
    const mark = document.createElement('a');
    mark.className = 'seen';
    mark.href = address;
    mark.append(Object.assign(document.createElement('span'), { textContent: name }));
    const place = new window.OpenSeadragon.Rect(x, y * height, wide, high * height);
    viewer.addOverlay({ element: mark, location: place });
    new window.OpenSeadragon.MouseTracker({
      element: mark, clickHandler: () => location.assign(mark.href),
    });
    mark.addEventListener('focus', () => viewer.viewport.fitBoundsWithConstraints(
      new window.OpenSeadragon.Rect(x - wide, (y - high) * height, 3 * wide, 3 * high * height)));
  }
}

function frame(label) {
  const box = document.createElement('div');
  box.className = 'zoom';
  box.setAttribute('role', 'application');
  box.setAttribute('aria-label', label);
  return box;
}

function offer(view) {
  const stage = view.closest('.stage');
  const button = stage.querySelector('[data-zoom-open]');
  const tools = stage.querySelector('[data-zoom-tools]');
  const said = stage.querySelector('[data-zoom-said]');
  const words = JSON.parse(button.dataset.words);
  const label = button.innerHTML;
  const sides = [...stage.querySelectorAll('[data-side]')];
  let box = null;
  let viewer = null;

  const say = () => { if (viewer?.isOpen()) said.textContent = spoken(viewer, words, number); };

  const turnedOn = (on) => {
    tools.hidden = !on;
    button.innerHTML = on ? '' : label;
    if (on) button.textContent = button.dataset.close;
    button.onclick = on ? close : open;
    for (const side of sides) side.hash = on ? HASH : '';
    history.replaceState(null, '', on ? HASH : location.pathname + location.search);
  };

  function close() {
    viewer?.destroy();
    box?.remove();
    viewer = box = null;
    said.textContent = '';
    turnedOn(false);
    button.focus();
  }

  async function open() {
    box = frame(button.dataset.label);
    stage.append(box);
    turnedOn(true);
    try {
      viewer = await show(box, view.dataset.zoom);
    } catch {
      close();
      said.textContent = words.failed;
      return;
    }
    viewer.addOnceHandler('open', () => {
      nameThem(viewer, JSON.parse(view.dataset.people));
      viewer.canvas.focus({ preventScroll: true });
      say();
    });
    viewer.addHandler('animation-finish', say);
    viewer.addOnceHandler('open-failed', () => { close(); said.textContent = words.failed; });
  }

  stage.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && viewer) close();
  });
  for (const tool of tools.querySelectorAll('[data-do]')) {
    tool.onclick = () => { if (viewer) actions[tool.dataset.do](viewer, tool); };
  }
  button.classList.remove('unready');
  button.onclick = open;
  if (location.hash === HASH) open();
}

const view = document.querySelector('[data-zoom]');
if (view) offer(view);
