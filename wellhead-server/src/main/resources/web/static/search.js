// What the search page can do besides: the arrow keys walk between the field and what was found, and
// the address follows what is typed, so that it can be kept and sent.
const field = document.getElementById("q");

function links() {
  return [...document.querySelectorAll("#found a")];
}

function walk(event) {
  const all = links();
  const at = all.indexOf(document.activeElement);
  if (event.key === "ArrowDown" && (at >= 0 || document.activeElement === field)) {
    all[Math.min(at + 1, all.length - 1)]?.focus();
  } else if (event.key === "ArrowUp" && at >= 0) {
    (all[at - 1] ?? field).focus();
  } else if (event.key === "Escape" && at >= 0) {
    field.focus();
  } else {
    return;
  }
  event.preventDefault();
}

function follow() {
  for (const choice of document.querySelectorAll(".choices a")) {
    const way = new URL(choice.href);
    way.searchParams.set("q", field.value);
    choice.href = way.pathname + way.search;
  }
  history.replaceState(history.state, "", `/search?q=${encodeURIComponent(field.value)}`);
}

document.addEventListener("keydown", walk);
document.addEventListener("htmx:after:swap", follow);
field.setSelectionRange(field.value.length, field.value.length);
