// Reads a date back in words while it is typed. Without this the form says the same when it is saved.

const WAIT_MS = 250;

async function readBack(input, place) {
  const address = new URL(input.dataset.readDate, location.href);
  const known = input.value === input.dataset.knownFor ? input.dataset.known : "";
  address.searchParams.set("text", known || input.value);
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (answer.ok) place.innerHTML = await answer.text();
}

function attend(input) {
  const place = document.createElement("output");
  place.className = "small";
  place.setAttribute("for", input.id);
  input.after(place);
  let waiting = 0;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => readBack(input, place), WAIT_MS);
  };
  input.addEventListener("input", later);
  if (input.value) later();
}

document.querySelectorAll("[data-read-date]").forEach(attend);
