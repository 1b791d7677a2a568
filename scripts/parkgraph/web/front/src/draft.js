// Deciding on a draft: the article with its marks, and one card an item. Every decision is saved at once, into
// the file that can be edited by hand as well. Places are code points, not the UTF-16 units of JavaScript.
let state, items, text; // from the server, when the page opens
let now = 0, shown = -1;
const undone = [];

const say = (name, values = {}) => state.words[name].replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

// An element; text is only ever text.
function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child));
  return made;
}

// --- What is decided ---------------------------------------------------------

function byList(item) {
  return item.decision === "?" && items.some((one) =>
    one.list && one.decision === "yes" && item.name && item.name in one.parts && !one.out.includes(item.name));
}

function verdict(item) {
  if (item.decision === "?") return byList(item) ? "yes" : "";
  return item.decision === "no" ? "no" : "yes";
}

const waiting = () => items.filter((item) => !verdict(item)).length;

function empty(item) {
  return ["zh", "en", "kind", "covers"].filter((name) => item.fields[name] === "");
}

// One after the other, so that none goes out with what the one before it changes.
let queue = Promise.resolve();
function save(item, change, remember = true) {
  queue = queue.then(() => send(item, typeof change === "function" ? change() : change, remember));
  return queue;
}

async function send(item, change, remember) {
  const before = { id: item.id, decision: item.decision, fields: { ...item.fields }, out: [...item.out] };
  const body = JSON.stringify({ ...before, ...change });
  const headers = { "Content-Type": "application/json", "X-Draft-Token": state.token };
  try {
    const response = await fetch(`/draft/decide?lang=${state.lang}`, { method: "POST", headers, body });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.said);
    Object.assign(item, answer);
  } catch (error) {
    show();
    return tell(say("lost", { why: error.message }), true);
  }
  if (remember) undone.push(before);
  show();
  tell(say("saved"));
  return true;
}

async function decide(decision) {
  const item = items[now];
  if (!(await save(item, { decision }))) return;
  const blank = decision === "yes" && items[now] === item && document.querySelector(".fields input:placeholder-shown");
  if (blank) return blank.focus();
  if (decision !== "?" && items[now] === item) next();
}

async function undo() {
  await queue;
  const before = undone.pop();
  if (!before) return;
  now = items.findIndex((item) => item.id === before.id);
  if (!(await save(items[now], before, false))) undone.push(before);
}

// To the next item that waits, around the end; else to the next.
function next() {
  const order = [...items.keys()].map((at) => (now + 1 + at) % items.length);
  go(order.find((at) => !verdict(items[at])) ?? Math.min(now + 1, items.length - 1));
}

function go(at) {
  now = Math.min(Math.max(at, 0), items.length - 1);
  show();
  document.querySelector("mark.now")?.scrollIntoView({ block: "center" });
}

// --- What is shown -----------------------------------------------------------

const told = make("p", { role: "status", class: "small muted" });
const count = make("span", { class: "small" });
const bar = make("progress");
const article = make("article", { tabindex: 0, lang: "zh" });
const card = make("aside");

function tell(said, wrong = false) {
  told.textContent = said;
  told.classList.toggle("error", wrong);
}

// The article cut at every end of a place, so that what lies in several can be marked once.
function cut() {
  const ends = new Set([0, text.length]);
  text.forEach((character, at) => character === "\n" && ends.add(at).add(at + 1));
  for (const item of items) for (const { start, end } of item.spans) ends.add(start).add(end);
  const places = [...ends].sort((a, b) => a - b);
  let line = make("p");
  for (let at = 0; at + 1 < places.length; at += 1) {
    const [start, end] = [places[at], places[at + 1]];
    const said = text.slice(start, end).join("");
    if (said === "\n") {
      if (line.textContent.trim()) article.append(line);
      line = make("p");
      continue;
    }
    const size = (item) => Math.min(...item.spans.filter((at) => at.start <= start && end <= at.end).map((at) => at.end - at.start));
    const here = items.map((item, number) => [size(item), number]).filter(([length]) => length < Infinity)
      .sort((a, b) => a[0] - b[0]).map(([, number]) => number);
    line.append(here.length ? make("mark", { "data-in": here.join(" "), onclick: () => go(here[0]) }, said) : said);
  }
  if (line.textContent.trim()) article.append(line);
}

function button(key, said, act, attributes = {}) {
  return make("button", { type: "button", id: `key-${key}`, onclick: act, ...attributes }, key && make("kbd", {}, key), said);
}

const field = (name) => state.words[`field-${name}`] ?? name;

function fields(item) {
  const made = make("form", { class: "fields", onsubmit: (event) => { event.preventDefault(); next(); } });
  for (const [name, value] of Object.entries(item.fields)) {
    const change = (event) => save(item, () => ({ fields: { ...item.fields, [name]: event.target.value.trim() } }));
    const input = make("input", { id: `field-${name}`, value, placeholder: " ", autocomplete: "off", onchange: change,
      required: empty(item).includes(name) });
    made.append(make("label", { for: input.id, title: name }, field(name)), input);
  }
  made.append(make("button", { hidden: true }));
  return made;
}

function parts(item) {
  const made = make("ul", { class: "parts" });
  for (const [name, said] of Object.entries(item.parts)) {
    const change = (event) => save(item, () => ({
      out: event.target.checked ? item.out.filter((one) => one !== name) : [...item.out, name] }));
    const box = make("input", { type: "checkbox", checked: !item.out.includes(name), onchange: change });
    made.append(make("li", {}, make("label", {}, box, ` ${name}`, said && make("span", {}, said))));
  }
  return made.childElementCount ? made : null;
}

function near(item) {
  const made = make("div", { class: "near" });
  Object.entries(item.near).slice(0, 9).forEach(([name, label], at) => {
    const pressed = item.decision === `same as ${name}`;
    made.append(button(String(at + 1), `${say("same")} ${label} ${name}`, () => decide(`same as ${name}`), { "aria-pressed": pressed ? "true" : "false" }));
  });
  if (made.childElementCount || item.name) {
    const other = make("input", { "aria-label": say("other"), placeholder: say("other"), autocomplete: "off" });
    const send = (event) => { event.preventDefault(); decide(`same as ${other.value.trim()}`); };
    made.append(make("form", { onsubmit: send }, other));
  }
  return made;
}

function show() {
  const item = items[now];
  const { id, value } = card.contains(document.activeElement) ? document.activeElement : {};
  const same = shown === now;
  shown = now;
  const left = waiting();
  count.textContent = say("left", { n: left, of: items.length });
  bar.value = items.length - left;
  for (const mark of article.querySelectorAll("mark")) {
    const inside = mark.dataset.in.split(" ").map(Number);
    const first = items[inside[0]];
    const classes = [inside.includes(now) && "now", verdict(first) && `is-${verdict(first)}`, first.id === "rest" && "rest"];
    mark.className = classes.filter(Boolean).join(" ");
  }
  const name = item.id.replace(/^\S+ ?/, "");
  const lacking = item.decision === "?" || item.decision === "no" ? [] : empty(item);
  const pressed = (on) => ({ "aria-pressed": on ? "true" : "false" });
  card.replaceChildren(...[
    make("p", { class: "kicker" }, `${now + 1} / ${items.length} · ${item.kind}`),
    make("h2", {}, name || item.kind),
    byList(item) && make("p", { class: "muted small" }, say("member")),
    make("div", { class: "verdicts" },
      button("y", say("yes"), () => decide("yes"), pressed(item.decision === "yes")),
      button("n", say("no"), () => decide("no"), pressed(item.decision === "no")),
      button("x", say("open"), () => decide("?"), pressed(item.decision === "?")),
      button("u", say("undo"), undo, { disabled: !undone.length })),
    lacking.length ? make("p", { class: "error" }, say("fill", { what: lacking.map(field).join(", ") })) : null,
    fields(item), parts(item),
    make("ul", {}, ...item.notes.map((note) => make("li", {}, note))),
    near(item),
    left ? null : make("p", { class: "note" }, `${say("done")} ${say("then", { command: state.command })}`),
    told,
    make("div", { class: "verdicts" }, button("k", say("previous"), () => go(now - 1)), button("j", say("next"), () => go(now + 1))),
    make("p", { class: "small muted" }, say("keys"))].filter(Boolean));
  const held = id && document.getElementById(id); // what had the focus has it still
  if (!held || (held.matches("input") && !same)) return;
  if (held.matches("input")) held.value = value;
  held.focus();
}

// --- The frame ----------------------------------------------------------------

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches("input")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const acts = { j: () => go(now + 1), k: () => go(now - 1), y: () => decide("yes"), n: () => decide("no"),
    x: () => decide("?"), u: undo, e: () => card.querySelector(".fields input")?.focus() };
  const same = Object.keys(items[now].near)[Number(event.key) - 1];
  const act = acts[event.key] ?? (same && (() => decide(`same as ${same}`)));
  if (!act) return;
  event.preventDefault();
  act();
});

async function open() {
  state = await (await fetch(`/draft/state${location.search}`)).json();
  ({ items } = state);
  text = [...state.text];
  document.documentElement.lang = state.lang;
  document.title = say("title");
  bar.max = items.length;
  for (const [part, name] of [[bar, "title"], [article, "article"], [card, "card"]]) part.setAttribute("aria-label", say(name));
  const other = state.langs.find((lang) => lang !== state.lang);
  const link = make("a", { class: "other", href: `?lang=${other}`, lang: other }, other === "en" ? "English" : "中文");
  document.body.append(make("header", {}, make("h1", {}, say("title")), bar, count, link), article, card);
  cut();
  go(Math.max(0, items.findIndex((item) => item.decision === "?")));
}
open();
