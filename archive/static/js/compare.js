// Two photographs that move together. Without this script they are two plain pictures.

import { show } from './zoom.js';

const views = [...document.querySelectorAll('[data-compare]')];
const together = document.querySelector('[data-together]');

/** Where a viewer is in its picture, so that one of another shape can be put alike. */
function place({ viewport, world }) {
  const centre = viewport.getCenter();
  return {
    times: viewport.getZoom() / viewport.getHomeZoom(),
    across: centre.x,
    down: centre.y / world.getItemAt(0).getBounds().height,
  };
}

function put({ viewport, world }, { times, across, down }) {
  const height = world.getItemAt(0).getBounds().height;
  viewport.zoomTo(times * viewport.getHomeZoom(), null, true);
  viewport.panTo(new window.OpenSeadragon.Point(across, down * height), true);
}

function follow(viewers) {
  let leader = null;
  const lead = (one, other) => {
    if (leader === other || !other.isOpen() || !together.querySelector('input').checked) return;
    leader = one;
    put(other, place(one));
    leader = null;
  };
  const [first, second] = viewers;
  first.addHandler('animation', () => lead(first, second));
  second.addHandler('animation', () => lead(second, first));
}

async function open(view) {
  const box = document.createElement('div');
  box.className = 'zoom';
  box.setAttribute('role', 'application');
  box.setAttribute('aria-label', view.dataset.label);
  view.append(box);
  try {
    return await show(box, view.dataset.compare);
  } catch {
    box.remove();
    return null;
  }
}

const viewers = (await Promise.all(views.map(open))).filter(Boolean);
if (viewers.length === 2 && together) {
  together.hidden = false;
  follow(viewers);
}
