// Deep zoom in place of the picture: OpenSeadragon is fetched only when somebody asks for it.

const view = document.querySelector('[data-zoom]');
const button = document.querySelector('[data-zoom-open]');

function load(address) {
  return new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
}

function frame() {
  const box = document.createElement('div');
  box.className = 'zoom';
  box.tabIndex = 0;
  box.setAttribute('role', 'application');
  box.setAttribute('aria-label', button.dataset.label);
  view.closest('.stage').append(box);
  return box;
}

/** A IIIF description brings its tiles; any other address is one picture. */
const source = (address) => (
  address.endsWith('/info.json') ? address : { type: 'image', url: address });

async function open() {
  await load(new URL('../vendor/openseadragon.min.js', import.meta.url).href);
  const box = frame();
  const words = button.innerHTML;
  const viewer = window.OpenSeadragon({
    element: box,
    tileSources: source(view.dataset.zoom),
    showNavigationControl: false,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
    animationTime: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 0.6,
    maxZoomPixelRatio: 2,
    visibilityRatio: 0.6,
  });
  const close = () => {
    viewer.destroy();
    box.remove();
    button.innerHTML = words;
    button.onclick = open;
    button.focus();
  };
  button.textContent = button.dataset.close;
  button.onclick = close;
  viewer.addOnceHandler('open-failed', close);
  box.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
  viewer.canvas.focus();
}

button.hidden = false;
button.onclick = open;
