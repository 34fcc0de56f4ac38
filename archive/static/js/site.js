// Small conveniences for pages that work without them: keys, copying, dialogs, the timeline, zoom.
// Nothing is stored, nothing is asked of another host. Controls that need this script are `hidden`
// in the page and shown here.

import './suggest.js'; // nearly every page has the search field

const typing = () => /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '')
  || document.activeElement?.isContentEditable;

/** `/` goes to the search field; `j` and `k` to the next and previous photograph or page; `?` says
    what the keys do. */
function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing()) return;
  if (document.querySelector('dialog[open]')) return;
  if (event.key === '/') {
    const field = document.querySelector('[role=search] input[type=search]');
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  } else if (event.key === 'j' || event.key === 'k') {
    step(event.key === 'j' ? 1 : -1);
  } else if (event.key === '?') {
    document.querySelector('#keys[data-readers]')?.showModal();
  }
}

/** Among results the focus moves; on a photograph's page the neighbour is opened. */
function step(by) {
  const found = [...document.querySelectorAll('#results .sheet-link')];
  if (!found.length) {
    document.querySelector(`a[rel=${by > 0 ? 'next' : 'prev'}]`)?.click();
    return;
  }
  const at = found.indexOf(document.activeElement);
  found[Math.min(Math.max(at + by, 0), found.length - 1)].focus();
}

/** Buttons with `data-copy` put their text on the clipboard and say so. */
function offerCopy(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const said = document.createElement('span');
    said.setAttribute('role', 'status');
    said.className = 'small';
    button.after(said);
    said.textContent = ` ${button.dataset.copied}`;
    setTimeout(() => said.remove(), 3000);
  });
}

/** Buttons with `data-open` open the dialog of that id; a `data-close` button inside closes it. */
function offerDialog(button) {
  const dialog = document.getElementById(button.dataset.open);
  if (!dialog) return;
  button.hidden = false;
  button.addEventListener('click', () => dialog.showModal());
  dialog.querySelectorAll('[data-close]').forEach(
    (closing) => closing.addEventListener('click', () => dialog.close()));
}

/** A menu closes when one clicks elsewhere or presses Escape. */
function closeMenus(event) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (event.type === 'keydown' ? event.key === 'Escape' : !menu.contains(event.target)) {
      menu.open = false;
      if (event.type === 'keydown') menu.querySelector('summary').focus();
    }
  }
}

document.addEventListener('keydown', keys);
document.addEventListener('keydown', closeMenus);
document.addEventListener('click', closeMenus);
document.querySelectorAll('[data-copy]').forEach(offerCopy);
document.querySelectorAll('[data-open]').forEach(offerDialog);
document.querySelectorAll('dialog[data-readers] [data-close]').forEach(
  (closing) => closing.addEventListener('click', () => closing.closest('dialog').close()));
if (document.querySelector('[data-timeline]')) import('./timeline.js');
if (document.getElementById('look')) import('./look.js');
if (document.querySelector('[data-map]')) import('./map.js');
if (document.querySelector('[data-zoom]')) import('./zoom.js');
if (document.querySelector('[data-compare]')) import('./compare.js');
