// The neighbourhood of a thing as a picture, drawn from the statements on its page, which say the same as lists.
import { lang, make, root, wide } from "./words.js";

const MOST = 20;
const TOLD = { zh: { near: "关系图", unfold: "在图中展开" }, en: { near: "Neighbourhood", unfold: "Unfold in the graph" } }[lang];

function cut(text, most) {
  let shown = [...text];
  if (wide(text) <= most) return text;
  while (wide(shown.join("")) >= most) shown = shown.slice(0, -1);
  return `${shown.join("").trimEnd()}…`;
}

function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// [relation, link] of what is stated; a few of each relation, so that the largest does not crowd out the others.
function around() {
  const found = new Map();
  for (const group of document.querySelectorAll("h2:not(#follows) + .facts > div")) {
    const meaning = group.querySelector("dt > a")?.textContent;
    let rank = 0;
    for (const link of meaning ? group.querySelectorAll("dd:not(.rest) > a:first-child, dd > span > a") : []) {
      const inside = link.pathname !== location.pathname && link.origin === location.origin;
      if (inside && !found.has(link.href)) found.set(link.href, [(rank += 1), meaning, link]);
    }
  }
  const shown = [...found.values()].sort((a, b) => a[0] - b[0]).slice(0, MOST);
  return shown.sort((a, b) => (a[1] < b[1] ? -1 : 1)).map(([, meaning, link]) => [meaning, link]);
}

export function near() {
  const iri = document.querySelector(".iri code")?.textContent;
  const shown = iri ? around() : [];
  if (shown.length < 2) return;
  const half = Math.ceil(shown.length / 2);
  const high = Math.max(120, 36 * half);
  const parts = [[1, shown.slice(0, half)], [-1, shown.slice(half)]].flatMap(([side, some]) => some.flatMap(([meaning, link], at) => {
    const [x, y, bend, middle] = [480 + side * 190, (high * (at + 0.5)) / some.length, 480 + side * 90, high / 2];
    const place = { x: x + side * 10, "text-anchor": side > 0 ? "start" : "end" };
    return [
      svg("path", { class: "edge", d: `M480 ${middle}C${bend} ${middle} ${bend} ${y} ${x} ${y}` }),
      svg("circle", { cx: x, cy: y, r: 3.5 }),
      svg("a", { href: link.getAttribute("href") }, svg("text", { ...place, y: y + 1 }, cut(link.textContent, 34))),
      svg("text", { ...place, y: y + 14, class: "soft tiny" }, cut(meaning, 44)),
    ];
  }));
  const name = cut(document.querySelector("h1").textContent, 26);
  const width = wide(name) * 8 + 28;
  parts.push(
    svg("rect", { x: 480 - width / 2, y: high / 2 - 16, width, height: 32, rx: 16, class: "hub" }),
    svg("text", { x: 480, y: high / 2 + 5, "text-anchor": "middle" }, name),
  );
  const picture = make("figure", { class: "picture", tabindex: "0" }, svg("svg", { viewBox: `0 0 960 ${high}`, role: "group", "aria-label": TOLD.near }, ...parts));
  const further = make("a", { href: `${root}${lang}/graph.html?thing=${encodeURIComponent(iri)}` }, TOLD.unfold);
  const before = document.getElementById("ask") ?? document.querySelector("main > .downloads");
  before?.before(make("section", {}, make("h2", {}, TOLD.near), picture, make("p", { class: "more" }, further)));
}
