// A graph that unfolds: at most 40 things, each a link, each edge with its name; the same as a list below.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { ask } from "./engine.js";
import { things } from "./things.js";
import { data, lang, make, say, site, wide } from "./words.js";

const MOST = 40;
const WIDTH = 960;
const place = document.getElementById("unfolding");
const told = document.getElementById("graph-says");
const list = document.querySelector("#as-list ul");
const declared = Object.entries(site.prefixes).map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}> `).join("");
const nodes = new Map();
const edges = [];

const svg = (tag, attributes, ...children) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

async function around(iri) {
  const found = await ask(`SELECT DISTINCT ?p ?out ?in WHERE {
    { <${iri}> ?p ?out . FILTER(isIRI(?out)) } UNION { ?in ?p <${iri}> . FILTER(isIRI(?in)) }
    FILTER(?p NOT IN (rdf:type, park:evidence, park:basis) && !STRSTARTS(STR(?p), STR(owl:)))
  } ORDER BY ?p ?out ?in`, { derived: false, prefixes: declared });
  return found.rows.map(([p, out, into]) => ({ p: p.value, iri: (out ?? into).value, out: Boolean(out) }));
}

async function unfold(iri) {
  const { known } = await things();
  const node = nodes.get(iri);
  node.open = true;
  told.textContent = say("loading");
  const found = await around(iri);
  const seen = new Map();
  const ranked = found.map((one) => { seen.set(one.p, (seen.get(one.p) ?? 0) + 1); return [seen.get(one.p), one]; }).sort((a, b) => a[0] - b[0]);
  node.more = 0;
  for (const [, one] of ranked) {
    if (!known.has(one.iri)) continue;
    if (!nodes.has(one.iri)) {
      if (nodes.size >= MOST || (nodes.size > 1 && seen.size && node.added >= 14)) { node.more += 1; continue; }
      nodes.set(one.iri, { ...known.get(one.iri), x: node.x + Math.random() - 0.5, y: node.y, added: 0, more: null });
      node.added += 1;
    }
    const [source, target] = one.out ? [iri, one.iri] : [one.iri, iri];
    if (!edges.some((edge) => [edge.from, edge.to].includes(source) && [edge.from, edge.to].includes(target))) edges.push({ source: nodes.get(source), target: nodes.get(target), from: source, to: target, p: one.p });
  }
  told.textContent = nodes.size >= MOST ? say("full") : "";
  draw(known);
}

const cut = (text, most) => {
  const shown = [...text];
  while (wide(shown.join("")) > most) shown.pop();
  return shown.length < [...text].length ? `${shown.join("").trimEnd()}…` : text;
};

const overlap = (one, other) => [(one.w + other.w) / 2 - Math.abs(one.x - other.x), (one.h + other.h) / 2 - Math.abs(one.y - other.y)];

// Positions by forces, then the boxes of dot and name moved apart until none lies on another.
function layout() {
  const held = [...nodes.values()];
  const height = 420 + 14 * held.length;
  forceSimulation(held).stop()
    .force("link", forceLink(edges).distance(110)).force("charge", forceManyBody().strength(-420))
    .force("x", forceX().strength(0.05)).force("y", forceY().strength(0.09)).force("collide", forceCollide(34))
    .tick(260); // no animation: the picture stands still
  const span = (key) => [Math.min(...held.map((one) => one[key])), Math.max(...held.map((one) => one[key]))];
  const [left, right] = span("x");
  const [top, bottom] = span("y");
  const scale = (value, low, high, size, rim) => (high > low ? rim + ((value - low) / (high - low)) * (size - 2 * rim) : size / 2);
  const boxes = held.map((one) => ({
    one, x: scale(one.x, left, right, WIDTH, 110), y: scale(one.y, top, bottom, height, 40), w: wide(one.label) * 7.4 + 24, h: one.more ? 52 : 38,
  }));
  for (let turn = 0, moved = true; moved && turn < 400; turn += 1) {
    moved = false;
    for (const [at, box] of boxes.entries()) {
      for (const other of boxes.slice(at + 1)) {
        const [x, y] = overlap(box, other);
        if (x <= 0 || y <= 0) continue;
        moved = true;
        const [key, by] = y < x ? ["y", y / 2 + 0.5] : ["x", x / 2 + 0.5];
        const sign = box[key] < other[key] ? 1 : -1;
        box[key] -= sign * by;
        other[key] += sign * by;
      }
    }
    for (const box of boxes) {
      box.x = Math.min(Math.max(box.x, box.w / 2), WIDTH - box.w / 2);
      box.y = Math.min(Math.max(box.y, box.h / 2), height - box.h / 2);
    }
  }
  for (const { one, x, y } of boxes) { one.sx = x; one.sy = y + 6; }
  return [height, boxes];
}

// The name of an edge stands where its line is free, best in the middle.
function beside(taken, { source, target, p }, name) {
  const text = cut(name(p), 16);
  const spots = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78].map((share) => ({
    x: source.sx + share * (target.sx - source.sx), y: source.sy + share * (target.sy - source.sy), w: wide(text) * 6, h: 13,
  }));
  const on = (spot) => taken.reduce((sum, box) => { const [x, y] = overlap(spot, box); return sum + (x > 0 && y > 0 ? x * y : 0); }, 0);
  const spot = spots.reduce((best, one) => (on(one) < on(best) ? one : best));
  if (on(spot) > spot.w * spot.h * 0.3) return ""; // the list has it
  taken.push(spot);
  return svg("text", { x: spot.x, y: spot.y + 4, class: "soft tiny", "text-anchor": "middle" }, text);
}

function draw(known) {
  const name = (iri) => known.get(iri)?.[lang] ?? iri.split(/[/#]/).pop();
  for (const node of nodes.values()) node.label = cut(node[lang], 26);
  const [height, taken] = layout();
  const lines = edges.map(({ source, target }) => svg("line", { x1: source.sx, y1: source.sy, x2: target.sx, y2: target.sy, class: "edge" }));
  const names = edges.map((edge) => svg("g", { class: "edge-g" }, beside(taken, edge, name)));
  const dots = [...nodes.values()].map((node) => {
    const link = svg("a", { href: node.href }, svg("title", {}, node[lang]), svg("text", { x: node.sx, y: node.sy - 14, "text-anchor": "middle" }, node.label));
    const words = say("unfold", { name: node[lang] });
    const dot = node.open
      ? svg("circle", { cx: node.sx, cy: node.sy, r: 5, class: "opened" })
      : svg("g", { role: "button", tabindex: "0", "aria-label": words, class: "unfold" }, svg("title", {}, words), svg("circle", { cx: node.sx, cy: node.sy, r: 9 }), svg("text", { x: node.sx, y: node.sy + 4, "text-anchor": "middle" }, "+"));
    if (!node.open) {
      const go = () => unfold(node.iri).then(() => place.querySelector(".unfold")?.focus());
      dot.addEventListener("click", go);
      dot.addEventListener("keydown", (event) => { if (["Enter", " "].includes(event.key)) { event.preventDefault(); go(); } });
    }
    const more = node.more ? svg("text", { x: node.sx, y: node.sy + 20, "text-anchor": "middle", class: "soft tiny" }, say("further", { n: node.more })) : "";
    return svg("g", {}, link, dot, more);
  });
  place.replaceChildren(make("figure", { class: "picture", tabindex: "0" }, svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "group" }, ...lines, ...names, ...dots)));
  document.getElementById("picture")?.remove();
  list.replaceChildren(...edges.map(({ source, target, p }) => make("li", {}, make("a", { href: source.href }, source[lang]), ` ${name(p)} `, make("a", { href: target.href }, target[lang]))));
}

async function begin() {
  const asked = new URLSearchParams(location.search).get("thing");
  const [prefix, ...rest] = (asked ?? "").split(":");
  const { known } = await things();
  const iri = known.has(asked) ? asked : asked && site.prefixes?.[prefix] ? site.prefixes[prefix] + rest.join(":") : data.start;
  if (!known.has(iri)) return;
  nodes.set(iri, { ...known.get(iri), x: 0, y: 0, added: 0 });
  const heading = document.getElementById("near-h");
  heading.replaceChildren(make("a", { href: known.get(iri).href }, known.get(iri)[lang]));
  await unfold(iri);
}

begin().catch((error) => { told.textContent = location.protocol === "file:" ? say("file") : error.message; });
