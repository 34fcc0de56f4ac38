// Whose turn it is: what only helps the typing lets what the reader waits for go first.

let onItsWay = Promise.resolve();

/** Do what the reader waits for. */
export function first(work) {
  onItsWay = work.catch(() => {});
  return work;
}

/** Resolved when nothing is on its way that the reader waits for. */
export const calm = () => onItsWay;
