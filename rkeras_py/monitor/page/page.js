"use strict";
// Draws what the server has: everything at once when the connection stands, then each row as it comes.

const WORDS = {
  en: {
    title: "Trainings", log: "Log as CSV", live: "live", lost: "no connection, trying again",
    empty: "Nothing has been posted yet: train with callback_remote_monitor().",
    epoch: "epoch", epochs: (count) => `${count} ${count === 1 ? "epoch" : "epochs"}`, legend: "dashed: validation",
  },
  zh: {
    title: "训练", log: "日志(CSV)", live: "实时", lost: "连接中断,正在重试",
    empty: "还没有收到数据:请在训练时使用 callback_remote_monitor()。",
    epoch: "轮次", epochs: (count) => `${count} 轮`, legend: "虚线:验证",
  },
};
const COLOURS = ["#2563eb", "#ea580c", "#16a34a", "#9333ea", "#dc2626", "#0891b2", "#ca8a04", "#db2777", "#65a30d", "#475569"];
const BOX = { width: 480, height: 240, left: 52, right: 12, top: 10, bottom: 30 };
const MOST_POINTS = 1000; // of a curve: more than there are pixels cannot be seen

const language = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
const words = WORDS[language];
const runs = new Map();
const hidden = new Set();
let waiting = false;

const byId = (id) => document.getElementById(id);
const colour = (run) => COLOURS[(run.number - 1) % COLOURS.length];
const brief = (value) => Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : Number(value.toPrecision(4)).toString();

function element(name, attributes = {}, ...children) {
  const svg = ["svg", "path", "line", "text", "circle", "rect"].includes(name);
  const made = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function connect() {
  const events = new EventSource("events");
  events.onopen = () => say("live");
  events.onerror = () => {
    say("lost");
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, 2000); // refused: the browser would not try again
  };
  events.addEventListener("runs", (event) => {
    runs.clear();
    for (const run of JSON.parse(event.data)) take(run, run.rows);
    drawSoon();
  });
  events.addEventListener("row", (event) => {
    const message = JSON.parse(event.data);
    take(message, [message.row]);
    drawSoon();
  });
}

function say(state) {
  byId("state").textContent = words[state];
  byId("state").className = state;
}

function take({ number, name, begun }, rows) {
  if (!runs.has(number)) runs.set(number, { number, name, begun, rows: new Map() });
  for (const row of rows) runs.get(number).rows.set(row.epoch, row);
}

function drawSoon() {
  if (!waiting) {
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  }
}

function draw() {
  byId("empty").hidden = runs.size > 0;
  byId("runs").replaceChildren(...[...runs.values()].reverse().map(legendOf));
  const shown = [...runs.values()].filter((run) => !hidden.has(run.number));
  const names = new Set();
  for (const run of shown) {
    for (const row of run.rows.values()) {
      for (const [name, value] of Object.entries(row)) {
        if (name !== "epoch" && typeof value === "number") names.add(name.replace(/^val_/, ""));
      }
    }
  }
  const sorted = [...names].sort((one, other) => (other === "loss") - (one === "loss"));
  byId("panels").replaceChildren(...sorted.map((name) => panel(name, shown)));
}

function legendOf(run) {
  const box = element("input", { type: "checkbox" });
  box.checked = !hidden.has(run.number);
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(run.number); else hidden.add(run.number);
    draw();
  });
  const line = element("svg", { viewBox: "0 0 20 10" },
    element("line", { x1: 0, x2: 20, y1: 5, y2: 5, stroke: colour(run), "stroke-width": 3 }));
  const since = new Date(run.begun * 1000).toLocaleTimeString(language === "zh" ? "zh-CN" : "en-GB");
  return element("li", {}, element("label", {}, box, line, run.name,
    element("small", {}, `${since} · ${words.epochs(run.rows.size)}`)));
}

function curvesOf(name, shown) {
  return shown.flatMap((run) => [name, `val_${name}`].map((key) => {
    const rows = [...run.rows.values()].filter((row) => typeof row[key] === "number").sort((a, b) => a.epoch - b.epoch);
    return { run, key, points: rows.map((row) => [row.epoch + 1, row[key]]) };
  })).filter((curve) => curve.points.length > 0);
}

function panel(name, shown) {
  const curves = curvesOf(name, shown);
  const points = curves.flatMap((curve) => curve.points);
  const x = scale(points.map((point) => point[0]), BOX.left, BOX.width - BOX.right, true);
  const y = scale(points.map((point) => point[1]), BOX.height - BOX.bottom, BOX.top, false);
  const svg = element("svg", { viewBox: `0 0 ${BOX.width} ${BOX.height}`, role: "img", "aria-label": name });
  for (const tick of y.ticks) {
    svg.append(element("line", { class: "grid", x1: BOX.left, x2: BOX.width - BOX.right, y1: y(tick), y2: y(tick) }),
      element("text", { x: BOX.left - 6, y: y(tick) + 4, "text-anchor": "end" }, brief(tick)));
  }
  for (const tick of x.ticks) {
    svg.append(element("text", { x: x(tick), y: BOX.height - BOX.bottom + 15, "text-anchor": "middle" }, brief(tick)));
  }
  svg.append(element("text", { x: (BOX.left + BOX.width) / 2, y: BOX.height - 2, "text-anchor": "middle" }, words.epoch));
  for (const { run, key, points: own } of curves) {
    const kind = key === name ? "curve" : "curve validation";
    svg.append(own.length === 1
      ? element("circle", { cx: x(own[0][0]), cy: y(own[0][1]), r: 2.5, fill: colour(run), "data-key": key, "data-run": run.number })
      : element("path", { class: kind, stroke: colour(run), d: path(thinned(own), x, y), "data-key": key, "data-run": run.number, "data-points": own.length }));
  }
  const validated = curves.some((curve) => curve.key !== name);
  const figure = element("figure", { "data-name": name },
    element("figcaption", {}, name, element("small", {}, validated ? words.legend : "")), svg);
  readOut(figure, svg, curves, x);
  return figure;
}

function readOut(figure, svg, curves, x) {
  const tip = element("div", { class: "tip", hidden: "" });
  const cursor = element("line", { class: "cursor", y1: BOX.top, y2: BOX.height - BOX.bottom, visibility: "hidden" });
  figure.append(tip);
  svg.append(cursor);
  svg.addEventListener("mousemove", (event) => {
    const box = svg.getBoundingClientRect();
    const epoch = Math.round(x.invert((event.clientX - box.left) * BOX.width / box.width));
    const lines = curves.flatMap(({ run, key, points }) =>
      points.filter((point) => point[0] === epoch).map((point) => `${run.name} ${key}: ${brief(point[1])}`));
    tip.hidden = lines.length === 0;
    tip.classList.toggle("left", event.clientX - box.left > box.width / 2);
    tip.textContent = [`${words.epoch} ${epoch}`, ...lines].join("\n");
    cursor.setAttribute("visibility", lines.length ? "visible" : "hidden");
    cursor.setAttribute("x1", x(epoch));
    cursor.setAttribute("x2", x(epoch));
  });
  svg.addEventListener("mouseleave", () => { tip.hidden = true; cursor.setAttribute("visibility", "hidden"); });
}

function thinned(points) {
  const step = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, index) => index % step === 0 || index === points.length - 1);
}

function path(points, x, y) {
  return points.map(([epoch, value], index) => `${index ? "L" : "M"}${x(epoch).toFixed(1)} ${y(value).toFixed(1)}`).join("");
}

function scale(values, from, to, whole) {
  let low = Infinity, high = -Infinity;
  for (const value of values) { low = Math.min(low, value); high = Math.max(high, value); }
  if (low === high) [low, high] = whole ? [low - 1, high + 1] : [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
  const margin = whole ? 0 : (high - low) * 0.05;
  low -= margin;
  high += margin;
  const at = (value) => from + (to - from) * (value - low) / (high - low);
  at.invert = (place) => low + (high - low) * (place - from) / (to - from);
  at.ticks = ticks(low, high, whole);
  return at;
}

function ticks(low, high, whole) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  let step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough);
  if (whole) step = Math.max(1, Math.round(step));
  const made = [];
  for (let count = Math.ceil(low / step); count * step <= high; count += 1) made.push(Number((count * step).toPrecision(12)));
  return whole ? made.filter((tick) => tick >= 1) : made;
}

document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
for (const place of document.querySelectorAll("[data-word]")) place.textContent = words[place.dataset.word];
say("lost");
connect();
