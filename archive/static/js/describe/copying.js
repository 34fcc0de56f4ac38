// The same as in the previous photograph: one field at a time; whole parts are filled by the server.

import { form, say, sentence, setValue, valueOf } from './page.js';

// Hidden fields that go with another: what a name or a date stands for.
const WITH = { name: ['target', 'named', 'kind'], display: ['known', 'known_for', 'lang'] };
const PART = { rights: 'rights', provenance: 'provenance', reading: 'reading' };
let before = null;

async function previous() {
  const address = form().dataset.previous;
  if (!address) return null;
  if (before?.address !== address) {
    const answer = await fetch(address, { credentials: 'same-origin' });
    before = { address, values: answer.ok ? await answer.json() : {} };
  }
  return before.values;
}

/** Copy the value of the field that has the focus. */
export async function copyField(field) {
  const values = await previous();
  const [section, number, column] = field.name.split('-');
  const row = column ? values?.[section]?.[number] : values;
  const value = row?.[column ?? section];
  if (value === undefined || value === '' || value === valueOf(field)) {
    say(sentence('nothing'));
    return;
  }
  setValue(field, value);
  for (const other of WITH[column] ?? []) {
    const hidden = form().elements[`${section}-${number}-${other}`];
    if (hidden && row[other] !== undefined) setValue(hidden, row[other]);
  }
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Copy the part of the form that a field stands in. */
export function copyPart(field) {
  const list = field.closest('[data-rows]')?.dataset.rows;
  const part = list ?? PART[field.closest('.fieldset')?.id];
  const button = part && form().querySelector(`button[name=copy][value="${part}"]`);
  if (button) form().requestSubmit(button);
  else say(sentence('nothing'));
}
