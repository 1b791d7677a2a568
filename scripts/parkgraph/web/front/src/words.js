// What a page says to its scripts, and the sentences that they say, in the language of the page.
const held = document.getElementById("page-data");
export const data = held ? JSON.parse(held.textContent) : {};

export const site = window.site ?? {};

export function say(name, values = {}) {
  return (site.words?.[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export const lang = document.documentElement.lang;
export const root = document.querySelector("link[rel=icon]").getAttribute("href").replace("assets/icon.svg", "");

// A zipped JSON file of the site.
export async function read(path) {
  const response = await fetch(`${root}data/${path}`);
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json();
}

// An element: make("a", { href }, "text", child …). Text is only ever text.
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// How much room a text takes: a Chinese character that of two others.
export const wide = (text) => [...text].reduce((sum, char) => sum + (char > "\u2e80" ? 2 : 1), 0);
