// What pages can do besides, with script: copy lines, and draw the traffic.

// A colour as the page has it now: `light-dark()` and the like are resolved only on an element.
function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function makeCopier(button) {
  const lines = button.parentElement.querySelector("code");
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(lines.textContent);
      button.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(lines);
      button.textContent = button.dataset.failed;
    }
    setTimeout(() => (button.textContent = label), 2500);
  });
}

function bars(label, fill) {
  return {
    label,
    fill,
    stroke: fill,
    width: 0,
    points: { show: false },
    paths: uPlot.paths.bars({ size: [0.75, 40] }),
  };
}

function axis(more) {
  return {
    stroke: colour("--quiet"),
    font: "12px system-ui, sans-serif",
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
    ...more,
  };
}

// In UTC as all times on these pages; midnight shows its day.
function hourName(seconds) {
  const text = new Date(seconds * 1e3).toISOString();
  return text.slice(11, 16) === "00:00" ? text.slice(5, 10) : text.slice(11, 16);
}

function draw(place, data) {
  const here = data.fetches.map((count, i) => count - data.brought[i]);
  const options = {
    width: place.clientWidth,
    height: 180,
    legend: { show: false },
    cursor: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), "Etc/UTC"),
    scales: { x: { time: true }, y: { range: (_, __, most) => [0, Math.max(4, most * 1.05)] } },
    axes: [
      axis({ space: 64, values: (_, hours) => hours.map(hourName) }),
      axis({ size: 48, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 1e5, 1e6] }),
    ],
    series: [{}, bars(place.dataset.brought, colour("--brought")), bars(place.dataset.here, colour("--here"))],
  };
  place.replaceChildren();
  return new uPlot(options, [data.start, data.fetches, here], place);
}

// The days on which something was stopped, or would have been.
function drawStops(place, data) {
  const all = data.stopped.map((count, i) => count + data.observed[i]);
  const options = {
    width: place.clientWidth,
    height: 180,
    legend: { show: false },
    cursor: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), "Etc/UTC"),
    scales: {
      x: { time: true, range: (_, first, last) => [first - 43200, last + 43200] },
      y: { range: (_, __, most) => [0, Math.max(4, most * 1.05)] },
    },
    axes: [
      axis({ space: 64, values: (_, days) => days.map(hourName) }),
      axis({ size: 48, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 1e5, 1e6] }),
    ],
    series: [{}, bars(place.dataset.observed, colour("--brought")), bars(place.dataset.stopped, colour("--stopped"))],
  };
  place.replaceChildren();
  return new uPlot(options, [data.start, all, data.stopped], place);
}

async function makeChart(place, address, draw) {
  const answer = await fetch(address);
  if (!answer.ok) {
    return;
  }
  const data = await answer.json();
  place.hidden = false;
  let chart = draw(place, data);
  new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: 180 })).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => (chart = draw(place, data)));
}

document.querySelectorAll(".copier").forEach(makeCopier);
document.querySelectorAll("[data-traffic]").forEach((place) => makeChart(place, place.dataset.traffic, draw));
document.querySelectorAll("[data-stops]").forEach((place) => makeChart(place, place.dataset.stops, drawStops));
