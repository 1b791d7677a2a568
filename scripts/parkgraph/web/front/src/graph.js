// A graph that unfolds: at most 40 things, each a link, each edge with its name; the same as a list below.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { ask } from "./engine.js";
import { things } from "./things.js";
import { data, lang, make, say, site } from "./words.js";

const MOST = 40;
const WIDTH = 960;
const HEIGHT = 620;
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

function layout() {
  const held = [...nodes.values()];
  const simulation = forceSimulation(held).stop()
    .force("link", forceLink(edges).distance(110)).force("charge", forceManyBody().strength(-420))
    .force("x", forceX().strength(0.05)).force("y", forceY().strength(0.09)).force("collide", forceCollide(34));
  simulation.tick(260); // no animation: the picture stands still
  const span = (key) => [Math.min(...held.map((one) => one[key])), Math.max(...held.map((one) => one[key]))];
  const [left, right] = span("x");
  const [top, bottom] = span("y");
  const scale = (value, low, high, size, rim) => (high > low ? rim + ((value - low) / (high - low)) * (size - 2 * rim) : size / 2);
  for (const one of held) { one.sx = scale(one.x, left, right, WIDTH, 130); one.sy = scale(one.y, top, bottom, HEIGHT, 30); }
}

function draw(known) {
  layout();
  const name = (iri) => known.get(iri)?.[lang] ?? iri.split(/[/#]/).pop();
  const cut = (text, most) => ([...text].length > most ? `${[...text].slice(0, most).join("")}…` : text);
  const drawn = edges.map(({ source, target, p }) => svg("g", { class: "edge-g" },
    svg("line", { x1: source.sx, y1: source.sy, x2: target.sx, y2: target.sy, class: "edge" }),
    svg("text", { x: (source.sx + target.sx) / 2, y: (source.sy + target.sy) / 2, class: "soft tiny", "text-anchor": "middle" }, cut(name(p), 14))));
  const dots = [...nodes.values()].map((node) => {
    const label = cut(node[lang], lang === "zh" ? 12 : 24);
    const link = svg("a", { href: node.href }, svg("text", { x: node.sx, y: node.sy - 9, "text-anchor": "middle" }, label));
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
  place.replaceChildren(make("figure", { class: "picture" }, svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group" }, ...drawn, ...dots)));
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
