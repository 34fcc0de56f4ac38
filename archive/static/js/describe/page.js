// The page and its words: the form, what is said to the reader, and parts that come anew.

const words = document.getElementById('sayings').dataset;

export const form = () => document.getElementById('describe');

/** A sentence of the page in the reader's language; `values` fill its {places}. */
export const sentence = (name, values = {}) => Object.entries(values).reduce(
  (text, [key, value]) => text.replace(`{${key}}`, value), words[name]);

/** Say something politely: the region is there from the start, so that it is read out. */
export function say(text) {
  const line = document.createElement('p');
  line.className = 'notice';
  line.textContent = text;
  document.getElementById('said').replaceChildren(line);
}

/** What the server says, in the place of what was said before. */
export function told(html) {
  const said = new DOMParser().parseFromString(html, 'text/html').getElementById('said');
  if (said) document.getElementById('said').replaceChildren(...said.childNodes);
}

/** Ask for a page without its frame. */
export const ask = (address, options = {}) => fetch(address, {
  credentials: 'same-origin', ...options, headers: { 'X-Part': 'form', ...options.headers } });

/** Put the parts of an answer in the place of those that are here; the focus stays where it was. */
export function swap(html) {
  const came = new DOMParser().parseFromString(html, 'text/html');
  const kept = whereabouts();
  for (const part of came.querySelectorAll('[data-swap]')) {
    document.getElementById(part.id)?.replaceWith(document.adoptNode(part));
  }
  told(html);
  document.dispatchEvent(new Event('swapped'));
  return kept;
}

function whereabouts() {
  const at = document.activeElement;
  const range = at && 'selectionStart' in at ? [at.selectionStart, at.selectionEnd] : null;
  const open = [...document.querySelectorAll('#describe details')].map((one) => one.open);
  return { id: at?.id, range, open };
}

/** Back to where `swap` found the focus; sections stay as open as they were. */
export function comeBack({ id, range, open }) {
  const details = [...document.querySelectorAll('#describe details')];
  if (details.length === open.length) details.forEach((one, n) => { one.open = open[n]; });
  const field = id && document.getElementById(id);
  if (!field) return;
  field.focus({ preventScroll: true });
  if (range && range[0] !== null) field.setSelectionRange?.(...range);
}

/** The value of a field as text; of a box whether it is ticked. */
export const valueOf = (field) => (field.type === 'checkbox' ? field.checked : field.value);

export function setValue(field, value) {
  if (field.type === 'checkbox') field.checked = Boolean(value);
  else field.value = value;
}
