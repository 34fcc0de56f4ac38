// Makes a tree (ARIA) of the lists of units: arrows move, right opens, left closes, letters seek.
// Without this every branch is a link that opens it on a page of its own address.

const roots = document.querySelectorAll("[data-tree]");
const shown = (root) => [...root.querySelectorAll(".unit")].filter((item) => item.offsetParent);
const twistOf = (item) => item.parentElement.querySelector(":scope > .twist");
const groupOf = (item) => item.parentElement.querySelector(":scope > ul");
const parentOf = (item) => item.closest("ul").parentElement.querySelector(":scope > .unit");

function dress(list, root) {
  const isTop = list.parentElement === root;
  list.setAttribute("role", isTop ? "tree" : "group");
  if (isTop) list.setAttribute("aria-label", root.dataset.tree);
  for (const row of list.children) {
    row.setAttribute("role", "none");
    const item = row.querySelector(":scope > .unit");
    for (const link of row.querySelectorAll(":scope > a")) {
      link.tabIndex = -1;
      link.setAttribute("role", "treeitem");
    }
    if (!item) continue;
    const twist = twistOf(item), group = groupOf(item);
    if (!twist) continue;
    twist.removeAttribute("role");
    twist.setAttribute("aria-hidden", "true");
    item.setAttribute("aria-expanded", String(Boolean(group)));
    if (!group) continue;
    item.setAttribute("aria-owns", group.id);
    dress(group, root);
  }
}

function mark(item, isOpen) {
  item.setAttribute("aria-expanded", String(isOpen));
  twistOf(item).firstElementChild.textContent = isOpen ? "▾" : "▸";
}

async function open(item, root) {
  let group = groupOf(item);
  if (!group) {
    const answer = await fetch(twistOf(item).dataset.below, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    item.parentElement.insertAdjacentHTML("beforeend", await answer.text());
    group = groupOf(item);
    item.setAttribute("aria-owns", group.id);
    dress(group, root);
  }
  group.hidden = false;
  mark(item, true);
}

function close(item) {
  groupOf(item).hidden = true;
  mark(item, false);
}

function focus(root, item) {
  if (!item) return;
  root.querySelectorAll('[tabindex="0"]').forEach((other) => { other.tabIndex = -1; });
  item.tabIndex = 0;
  item.focus();
}

function keyed(root, event) {
  const item = event.target.closest(".unit");
  if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
  const items = shown(root), here = items.indexOf(item);
  const expanded = item.getAttribute("aria-expanded");
  if (event.key === "ArrowDown") focus(root, items[here + 1]);
  else if (event.key === "ArrowUp") focus(root, items[here - 1]);
  else if (event.key === "Home") focus(root, items[0]);
  else if (event.key === "End") focus(root, items.at(-1));
  else if (event.key === "ArrowRight" && expanded === "false") open(item, root);
  else if (event.key === "ArrowRight" && expanded === "true") focus(root, items[here + 1]);
  else if (event.key === "ArrowLeft" && expanded === "true") close(item);
  else if (event.key === "ArrowLeft") focus(root, parentOf(item));
  else if (event.key.length === 1 && event.key !== " ") {
    const after = [...items.slice(here + 1), ...items.slice(0, here)];
    focus(root, after.find((one) => one.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase())));
  } else return;
  event.preventDefault();
}

function twisted(root, event) {
  const twist = event.target.closest(".twist");
  if (!twist) return;
  event.preventDefault();
  const item = twist.parentElement.querySelector(":scope > .unit");
  if (item.getAttribute("aria-expanded") === "true") close(item);
  else open(item, root);
}

for (const root of roots) {
  dress(root.firstElementChild, root);
  (root.querySelector('.unit[aria-current]') ?? root.querySelector(".unit")).tabIndex = 0;
  root.addEventListener("keydown", (event) => keyed(root, event));
  root.addEventListener("click", (event) => twisted(root, event));
}
