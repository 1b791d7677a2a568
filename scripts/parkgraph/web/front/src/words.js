// The sentences of a script, in the language of the page: the page carries those it needs.
const held = document.getElementById("page-data");
export const data = held ? JSON.parse(held.textContent) : {};

export function say(name, values = {}) {
  return (data.words?.[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export const lang = document.documentElement.lang;
export const root = document.body.dataset.root;

// An element: make("a", { href }, "text", child …). Text is only ever text.
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}
