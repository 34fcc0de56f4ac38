// The quick look: the space bar on a photograph among the results shows it large with a few words,
// taken from its own page; j and k go on, Escape closes and the focus is where one was.

const dialog = document.getElementById('look');
const [picture, title, said] = ['.look-picture', '#look-title', '.look-said']
  .map((part) => dialog.querySelector(part));
const open = dialog.querySelector('[data-look-open]');
const links = () => [...document.querySelectorAll('#results .sheet-link')];
const pages = new Map();
let shown = null;

/** The parts of a photograph's page that its markup marks for the quick look. */
async function partsOf(address) {
  if (!pages.has(address)) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    pages.set(address, new DOMParser().parseFromString(await answer.text(), 'text/html'));
  }
  return [...pages.get(address).querySelectorAll('[data-look]')];
}

/** At once what the results know, then the rest. */
async function show(link) {
  shown = link;
  open.href = link.href;
  const name = link.querySelector('.title') ?? link.querySelector('.label');
  title.textContent = name?.textContent.trim() ?? '';
  const small = link.querySelector('img');
  picture.replaceChildren(...(small ? [small.cloneNode()] : []));
  const why = [...link.querySelectorAll('.why')].map((reason) => reason.cloneNode(true));
  said.replaceChildren(...why);
  if (!dialog.open) dialog.showModal();
  try {
    const parts = await partsOf(link.href);
    if (shown === link) fill(parts);
  } catch {
    if (shown === link) said.textContent = dialog.dataset.failed;
  }
}

function fill(parts) {
  for (const part of parts) {
    const copy = document.importNode(part, true);
    copy.removeAttribute('data-look');
    copy.querySelectorAll('[id], button').forEach((one) => one.remove());
    if (part.dataset.look === 'picture') {
      copy.removeAttribute('fetchpriority');
      picture.replaceChildren(copy);
    } else if (part.dataset.look === 'title') title.replaceChildren(...copy.childNodes);
    else said.insertBefore(loose(copy), said.querySelector('.why'));
  }
}

/** What stood in a list of terms stands by itself here. */
function loose(part) {
  if (part.tagName !== 'DD') return part;
  const block = document.createElement('div');
  block.append(...part.childNodes);
  return block;
}

function go(by) {
  const all = links();
  const next = all[all.indexOf(shown) + by];
  if (next) show(next);
}

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (dialog.open) {
    if (event.key === 'j' || event.key === 'k') go(event.key === 'j' ? 1 : -1);
    else if (event.key === ' ' && event.target.tagName !== 'BUTTON') {
      event.preventDefault();
      dialog.close();
    }
  } else if (event.key === ' ' && links().includes(document.activeElement)) {
    event.preventDefault();
    show(document.activeElement);
  }
}

document.addEventListener('keydown', keys);
dialog.addEventListener('close', () => { shown?.focus(); shown = null; });
dialog.addEventListener('click', (event) => {
  const by = event.target.closest('[data-look-by]');
  if (by) go(Number(by.dataset.lookBy));
  if (event.target === dialog || event.target.closest('[data-close]')) dialog.close();
});
dialog.dataset.ready = '';
