// The search field as a combobox (ARIA 1.2, list autocomplete with manual selection): suggestions
// while one types. Without this script it is a plain field. What was typed goes to this site only,
// once one pauses, and what was answered before is not asked for again.

const PAUSE_MS = 150;
const LEAST = 2;

class Suggesting {
  constructor(form) {
    this.form = form;
    this.field = form.querySelector('input[type=search]');
    this.list = document.createElement('ul');
    this.status = document.createElement('span');
    this.known = new Map();
    this.at = -1;
    this.#furnish();
    this.field.addEventListener('input', () => this.#wait());
    this.field.addEventListener('keydown', (event) => this.#key(event));
    this.field.addEventListener('blur', () => this.#close());
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => this.#open(event.target.closest('[role=option]')));
  }

  #furnish() {
    const id = `${this.field.id}-suggestions`;
    Object.assign(this.list, { id, hidden: true, className: 'suggestions' });
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', this.form.dataset.suggestions);
    this.status.className = 'unseen';
    this.status.setAttribute('role', 'status');
    const roles = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false',
      'aria-controls': id };
    for (const [name, value] of Object.entries(roles)) this.field.setAttribute(name, value);
    this.form.append(this.list, this.status);
  }

  get typed() { return this.field.value.trim().replace(/\s+/g, ' ').toLowerCase(); }

  #wait() {
    clearTimeout(this.timer);
    this.asking?.abort();
    const typed = this.typed;
    if (typed.length < LEAST) return this.#close();
    if (this.known.has(typed)) return this.#show(this.known.get(typed));
    if (this.#nothing(typed)) return this.#close();
    this.timer = setTimeout(() => this.#ask(typed), PAUSE_MS);
    return undefined;
  }

  /** Where the beginning of a word leads nowhere, more letters of it do not either. */
  #nothing(typed) {
    for (const [text, found] of this.known) {
      if (!found.length && typed.startsWith(text) && !typed.slice(text.length).includes(' ')) return true;
    }
    return false;
  }

  async #ask(typed) {
    const address = new URL(this.form.dataset.suggest, location.href);
    address.searchParams.set('q', typed);
    this.asking = new AbortController();
    try {
      const answer = await fetch(address, { signal: this.asking.signal });
      if (!answer.ok) return;
      const [, texts, told, addresses] = await answer.json();
      this.known.set(typed, texts.map((text, n) => ({ text, told: told[n], address: addresses[n] })));
    } catch { return; } // typed on, or no connection: the field works as it is
    if (this.typed === typed && document.activeElement === this.field) this.#show(this.known.get(typed));
  }

  #show(found) {
    if (!found.length) return this.#close();
    this.list.replaceChildren(...found.map((one, n) => this.#option(one, n)));
    this.list.hidden = false;
    this.field.setAttribute('aria-expanded', 'true');
    this.#choose(-1);
    this.status.textContent = this.form.dataset.counted.replace('{n}', found.length);
    return undefined;
  }

  #option({ text, told, address }, number) {
    const option = document.createElement('li');
    option.id = `${this.list.id}-${number}`;
    option.setAttribute('role', 'option');
    option.setAttribute('aria-selected', 'false');
    option.dataset.address = address;
    for (const [words, name] of [[text, 'serif'], [told, 'quiet small']]) {
      const part = document.createElement('span');
      part.className = name;
      part.textContent = words;
      option.append(part, ' ');
    }
    return option;
  }

  #close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.field.setAttribute('aria-expanded', 'false');
    this.status.textContent = '';
    this.#choose(-1);
  }

  #choose(at) {
    this.list.children[this.at]?.setAttribute('aria-selected', 'false');
    this.at = at;
    const option = this.list.children[at];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) this.field.setAttribute('aria-activedescendant', option.id);
    else this.field.removeAttribute('aria-activedescendant');
  }

  /** Down and up go round through the field itself, where nothing is chosen. */
  #key(event) {
    const open = !this.list.hidden;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && event.altKey && step < 0) this.#close();
    else if (step && !open) this.#wait();
    else if (step && !event.altKey) {
      const places = this.list.children.length + 1;
      this.#choose(((this.at + 1 + step + places) % places) - 1);
    } else if (event.key === 'Escape' && open) this.#close();
    else if (event.key === 'Enter' && open && this.at >= 0) this.#open(this.list.children[this.at]);
    else return;
    event.preventDefault();
  }

  #open(option) {
    if (option) location.assign(option.dataset.address);
  }
}

document.querySelectorAll('form[data-suggest]').forEach((form) => new Suggesting(form));
