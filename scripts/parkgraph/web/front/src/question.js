// A saved question with other parameters: checked here, answered by the engine in the page, the choice in the link.
import { ask } from "./engine.js";
import { downloads, inOrder, sorted, table } from "./things.js";
import { data, lang, make, read as read_, root, say, site } from "./words.js";

const { id, language, parameters, columns, order, title, places } = data.question;
const form = document.getElementById("ask");
const answer = document.getElementById("answer");
const status = document.getElementById("status");
const details = document.getElementById("query");
const XSD = "http://www.w3.org/2001/XMLSchema#";
let current = null;

const checks = {
  year: [/^\d{4}$/, "year"], date: [/^\d{4}-\d{2}-\d{2}$/, "date"],
  [`${XSD}integer`]: [/^[+-]?\d{1,18}$/, "integer"], [`${XSD}decimal`]: [/^[+-]?(?:\d{1,18}(?:\.\d{1,18})?|\.\d{1,18})$/, "number"],
  [`${XSD}double`]: [/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/, "number"],
};

function literal(kind, datatype, typed) {
  const text = kind === "text" ? typed : typed.normalize("NFKC").trim().replace(kind === "year" ? /年$/ : /$^/, "");
  if (kind === "text") {
    if ([...text].length > 1000 || /[\\\p{Cs}]|[^\P{Cc}\n\t]/u.test(text)) throw new Error(say("text"));
    return `"${text.replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
  }
  const [pattern, message] = checks[kind === "number" ? datatype : kind];
  if (!pattern.test(text) || (kind === "date" && new Date(text).toISOString?.().slice(0, 10) !== text)) throw new Error(say(message));
  return `"${text.replace(/^\+/, "")}"^^<${kind === "date" ? `${XSD}date` : datatype}>`;
}

function iri(short) {
  if (short.startsWith("<")) return short;
  const [prefix, ...rest] = short.split(":");
  return site.prefixes[prefix] === undefined ? `<${short}>` : `<${site.prefixes[prefix]}${rest.join(":")}>`;
}

let reading = null;
const query = () => (reading ??= fetch(`${root}question/${id}.txt`).then((response) => response.text()));

// The query with the chosen terms between the braces of its VALUES lines: nothing typed becomes query text.
async function bound(chosen) {
  const text = [...(await query())];
  let [made, at] = ["", 0];
  for (const [start, end, name] of places) {
    made += text.slice(at, start).join("") + (chosen[name] ? ` ${chosen[name].join(" ") || "UNDEF"} ` : text.slice(start, end).join(""));
    at = end;
  }
  return made + text.slice(at).join("");
}

function read() {
  const chosen = language ? { [language]: [`"${lang}"`] } : {};
  for (const [name, kind, datatype] of parameters) {
    if (kind === "language") continue;
    const field = form.elements[name];
    const told = document.getElementById(`e-${name}`);
    told.textContent = "";
    const values = field.multiple ? [...field.selectedOptions].map((one) => one.value) : [field.value];
    try {
      const some = values.filter((value) => !(value === "any" && field.tagName === "SELECT"));
      chosen[name] = some.map((value) => (field.tagName === "SELECT" ? iri(value) : literal(kind, datatype, value)));
    } catch (error) {
      told.textContent = error.message;
      field.focus();
      return null;
    }
  }
  return chosen;
}

async function asked(chosen) {
  const found = await ask(await bound(chosen), { derived: true });
  if (found.rows) found.rows = sorted(found, order).map((row) => inOrder(found.columns, row));
  return found;
}

async function run() {
  const chosen = read();
  if (!chosen) return;
  status.textContent = say("loading");
  try {
    const began = performance.now();
    const found = (current = await asked(chosen));
    await show(found);
    const rows = found.rows ? say(found.rows.length === 1 ? "row" : "rows", { n: found.rows.length }) : "";
    status.textContent = say("took", { rows, ms: Math.round(performance.now() - began) });
  } catch (error) {
    status.textContent = error.message;
  }
}

async function show(found) {
  document.querySelector(".pager")?.remove(); // what is shown now is whole
  if (found.turtle !== undefined) answer.replaceChildren(make("pre", { tabindex: "0" }, make("code", {}, found.turtle)));
  else if (found.boolean !== undefined) answer.replaceChildren(make("p", { class: "yes" }, say(found.boolean ? "yes" : "no")));
  else if (!found.rows.length) answer.replaceChildren(make("p", { class: "none" }, say("none")));
  else answer.replaceChildren(await table(found, { headings: columns, title }));
}

function fill() {
  const given = new URLSearchParams(location.search);
  let changed = false;
  for (const [name, kind] of parameters) {
    const values = given.getAll(name);
    if (kind === "language" || !values.length) continue;
    const field = form.elements[name];
    if (field.tagName === "SELECT") {
      if (values.length > 1) field.multiple = true;
      for (const option of field.options) option.selected = values.includes(option.value);
    } else field.value = values[0];
    changed = true;
  }
  return changed;
}

// A long pick list has its default only; the rest comes when it is wanted, in the order of the reader's language.
async function complete() {
  const long = form ? [...form.querySelectorAll("select[data-of]")] : [];
  if (!long.length || location.protocol === "file:") return;
  const held = await read_("options.json.gz");
  for (const field of long) {
    const there = new Set([...field.options].map((one) => one.value));
    const at = lang === "zh" ? 1 : 2;
    const rest = held[field.dataset.of].filter((one) => !there.has(one[0]));
    if (at === 2) rest.sort((a, b) => a[2].localeCompare(b[2], "en", { numeric: true }));
    field.append(...rest.map((one) => make("option", { value: one[0] }, one[at])));
  }
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?${new URLSearchParams(new FormData(form))}`);
    run();
  });
  complete().then(() => { if (fill() && !document.body.dataset.live) run(); });
}
details.addEventListener("toggle", async () => {
  if (!details.open || location.protocol === "file:" || details.querySelector("pre")) return;
  const pre = make("pre", { tabindex: "0", "aria-label": "SPARQL" }, make("code", {}, await query()));
  details.querySelector("summary").after(pre);
});
const place = document.getElementById("downloads");
if (!document.body.dataset.live) {
  const defaults = language ? { [language]: [`"${lang}"`] } : {};
  downloads(place, `${id}.${lang}`, async () => (current ??= await asked(form ? (read() ?? defaults) : defaults)), columns);
}
