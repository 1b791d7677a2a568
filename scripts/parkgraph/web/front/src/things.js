// Names and pages of things, read once; the words of cells; tables; files to download.
import { lang, make, read as unzipped, root, say, wide } from "./words.js";

let reading = null;

async function read() {
  const { base, kinds, things, notes, parts, terms } = await unzipped("things.json.gz");
  const known = new Map();
  for (const [short, zh, en, kind, place] of things) {
    const iri = short.includes("://") ? short : base + short;
    const href = String(place).includes("://") ? place : `${root}${lang}/${place || encodeURI(short) + ".html"}`;
    known.set(iri, { iri, zh, en, kind: kinds[kind], href });
  }
  for (const [note, about] of Object.entries(notes)) if (known.has(about)) known.set(note, { ...known.get(about), iri: note });
  return { known, parts, terms };
}

// The page of a source that holds the passage which starts there.
function part(href, starts, start) {
  const number = starts.filter((one) => one <= start).length;
  return number > 1 ? href.replace(/\.html$/, `.p${number}.html`) : href;
}

export const things = () => (reading ??= read());

const PASSAGE = /^(.*\/source\/[^/\s]+)\/(\d+)-(\d+)$/;
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = /^(integer|decimal|double|float|int|long|short|byte|nonNegativeInteger|positiveInteger|nonPositiveInteger|negativeInteger|unsigned(Int|Long|Short|Byte))$/;
const IS_NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

export const isNumber = (term) => term?.type === "literal" && NUMBERS.test((term.datatype ?? "").replace(XSD, "")) && IS_NUMBER.test(term.value);

// Passages in the order of the text: [[IRI, source, start, end]], none when the text is anything else.
export function passages(text) {
  const found = text.split(/\s+/).filter(Boolean).map((iri) => [iri, ...(PASSAGE.exec(iri) ?? []).slice(1)]);
  if (!found.length || found.some((one) => one.length < 4)) return [];
  return found.map(([iri, source, start, end]) => [iri, source, Number(start), Number(end)]);
}

// GROUP_CONCAT promises no order: evidence is sorted by its place and holds each passage once.
export function inOrder(columns, row) {
  const at = columns.indexOf("evidence");
  const cell = at < 0 ? null : row[at];
  if (cell?.type !== "literal") return row;
  const tokens = [...new Set(cell.value.split(/\s+/).filter(Boolean))];
  const placed = tokens.map((token) => passages(token)[0] ?? [token, "", 0, 0]);
  placed.sort((a, b) => (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] - b[2] || a[3] - b[3] || (a[0] < b[0] ? -1 : 1)));
  const sorted = placed.map((one) => one[0]).join(" ");
  return row.with(at, sorted ? { ...cell, value: sorted } : null);
}

const safe = (iri) => /^https?:\/\//.test(iri);

export async function link(iri, text) {
  const { known, parts } = await things();
  const place = PASSAGE.exec(iri);
  const held = known.get(place ? place[1] : iri);
  const name = place ? `${place[2]}–${place[3]}` : (text ?? (held ? held[lang] : iri.split(/[/#]/).pop() || iri));
  if (held && place) return make("a", { href: `${part(held.href, parts[place[1]] ?? [], Number(place[2]))}#${place[2]}-${place[3]}` }, name);
  if (held) return make("a", { href: held.href, title: iri }, name);
  return safe(iri) ? make("a", { href: iri, title: iri, rel: "noreferrer" }, name) : name;
}

async function cell(row, [, textAt, iriAt]) {
  const term = row[textAt] ?? row[iriAt];
  if (!term) return make("td");
  const cited = term.type === "literal" ? passages(term.value) : [];
  if (cited.length) {
    const places = make("div");
    for (const [iri] of cited) places.append(await link(iri), " ");
    return make("td", {}, make("details", {}, make("summary", {}, String(cited.length)), places));
  }
  if (row[iriAt]?.type === "uri") {
    const iri = row[iriAt].value;
    const code = /\/code\/basis\/(\w+)$/.exec(iri)?.[1];
    const shown = await link(iri, term.type === "literal" ? term.value : undefined);
    return make("td", {}, code ? make("b", { class: code }, shown.textContent ?? shown) : shown);
  }
  if (isNumber(term)) return make("td", { class: "number" }, term.value);
  if (/#date(Time)?$/.test(term.datatype ?? "")) return make("td", { class: "when" }, term.value.split("T")[0]);
  const yes = term.datatype === XSD + "boolean" && { true: say("yes"), false: say("no") }[term.value];
  const text = yes || (term.type === "triple" ? JSON.stringify(term.value) : term.value);
  const spoken = term["xml:lang"] && term["xml:lang"] !== lang ? term["xml:lang"] : null;
  return make("td", { class: wide(text) > 24 ? "long" : null, lang: spoken }, text);
}

// `x` with an `xLabel` beside it is one column that says the label: [name, index of its text, index of its IRI].
export function shown(columns) {
  const at = (name) => columns.indexOf(name);
  return columns
    .filter((name) => !(name.endsWith("Label") && at(name.slice(0, -5)) >= 0))
    .map((name) => [name, at(`${name}Label`) >= 0 ? at(`${name}Label`) : at(name), at(name)]);
}

export async function table({ columns, rows }, { headings = {}, title = "", most = Infinity } = {}) {
  const parts = shown(columns);
  const body = make("tbody");
  for (const row of rows.slice(0, most)) body.append(make("tr", {}, ...(await Promise.all(parts.map((part) => cell(row, part))))));
  const head = parts.map(([name]) => make("th", { scope: "col" }, headings[name] ?? name));
  const count = rows.length > most ? say("more", { n: most, total: rows.length }) : say(rows.length === 1 ? "row" : "rows", { n: rows.length });
  const made = make("table", { class: "answer" }, make("caption", {}, count), make("thead", {}, make("tr", {}, ...head)), body);
  return make("div", { class: "wide", tabindex: "0", role: "region", "aria-label": title || count }, made);
}

// The rules of the command's CSV: a column for each thing, codes as words, and no text that a spreadsheet would run.
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;
export async function csv({ columns, rows }, headings) {
  const { known } = await things();
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const harmless = (text) => quoted(FORMULA.test(text) ? `'${text}` : text);
  const words = (term) => {
    if (term.type === "uri" && !PASSAGE.test(term.value)) return known.get(term.value)?.[lang] ?? term.value;
    const cited = passages(term.value);
    if (cited.length) {
      const spans = Map.groupBy(cited, (one) => one[1].split("/").pop());
      return [...spans].map(([source, some]) => `${source} ${some.map((one) => `${one[2]}-${one[3]}`).join(", ")}`).join("; ");
    }
    return (term.datatype === XSD + "boolean" && { true: say("yes"), false: say("no") }[term.value]) || term.value;
  };
  const parts = shown(columns);
  const line = (row) => parts.map(([, textAt, iriAt]) => {
    const term = row[textAt] ?? row[iriAt];
    return term ? (isNumber(term) ? term.value : harmless(words(term))) : "";
  });
  const lines = [parts.map(([name]) => harmless(headings?.[name] ?? name)), ...rows.map(line)];
  return lines.map((cells) => (cells.join(",") || '""') + "\r\n").join("");
}

// Chinese is sorted by its place in GB 2312, where the usual characters stand in the order of pinyin.
let places = null;
function gb2312(char) {
  if (!places) {
    places = new Map();
    const decoder = new TextDecoder("gb2312");
    for (let high = 0xa1; high < 0xf8; high += 1) for (let low = 0xa1; low < 0xff; low += 1) places.set(decoder.decode(new Uint8Array([high, low])), high * 256 + low);
  }
  const code = char.codePointAt(0);
  return code < 128 ? code : (places.get(char) ?? 0xff0000 + code);
}

function collated(term) {
  if (term?.type !== "literal") return null;
  const plain = term.value.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N} ]/gu, "").trim().replace(/\d+/g, (number) => number.padStart(12, "0"));
  return [...plain].map((char) => (lang === "zh" ? gb2312(char) : char.codePointAt(0)));
}

function compare(one, other) {
  if (!one || !other) return Number(!one) - Number(!other);
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) if (one[at] !== other[at]) return one[at] - other[at];
  return one.length - other.length;
}

// Rows that the query leaves to the reader's language: by labels, within what goes before. order: [first, things].
export function sorted({ columns, rows }, [first, named] = [[], []]) {
  if (!named?.length) return rows;
  const held = (row) => JSON.stringify(first.map((name) => row[columns.indexOf(name)]));
  let group = 0;
  const keyed = rows.map((row, number) => {
    if (number && held(rows[number - 1]) !== held(row)) group += 1;
    return { row, group, labels: named.map((name) => collated(row[columns.indexOf(`${name}Label`)])) };
  });
  const next = (one, other) => one.labels.reduce((found, label, at) => found || compare(label, other.labels[at]), one.group - other.group);
  return keyed.sort(next).map((one) => one.row);
}

export function json({ columns, rows, boolean }) {
  if (boolean !== undefined) return JSON.stringify({ head: {}, boolean });
  const bindings = rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]]).filter(([, term]) => term)));
  return JSON.stringify({ head: { vars: columns }, results: { bindings } });
}

export function tsv({ columns, rows }) {
  const text = (value) => value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
  const one = (term) => {
    if (term === null) return "";
    if (term.type === "uri") return `<${term.value}>`;
    if (term.type === "bnode") return `_:${term.value}`;
    if (isNumber(term) && /(integer|decimal|double)$/.test(term.datatype)) return term.value;
    return `"${text(term.value)}"${term["xml:lang"] ? `@${term["xml:lang"]}` : term.datatype ? `^^<${term.datatype}>` : ""}`;
  };
  return [columns.map((name) => `?${name}`), ...rows.map((row) => row.map(one))].map((line) => line.join("\t") + "\n").join("");
}

export function save(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function downloads(place, name, current, headings) {
  place.hidden = false;
  for (const anchor of place.querySelectorAll("a[data-format]")) {
    const format = anchor.dataset.format;
    anchor.onclick = async (event) => {
      event.preventDefault();
      const answer = await current();
      const made = answer.turtle ?? (await { csv: async () => `\ufeff${await csv(answer, headings)}`, tsv: () => tsv(answer), json: () => json(answer) }[format]?.());
      if (made !== undefined) save(`${name}.${format}`, made, "text/plain;charset=utf-8");
    };
  }
}
