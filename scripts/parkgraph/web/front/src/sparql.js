// The SPARQL page: an editor with completion and errors at their place, the engine, a stop button, labels, downloads.
import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { ask, stop, Stopped } from "./engine.js";
import { downloads, table, things } from "./things.js";
import { lang, make, read, say, site } from "./words.js";

const byId = (id) => document.getElementById(id);
const area = byId("text");
const [status, problem, result] = ["status", "problem", "result"].map(byId);
let current = null;

const short = (iri) => {
  let best = "";
  for (const [prefix, start] of Object.entries(site.prefixes)) if (iri.startsWith(start) && start.length > (site.prefixes[best] ?? "").length) best = prefix;
  return best ? `${best}:${iri.slice(site.prefixes[best].length)}` : `<${iri}>`;
};

async function complete(context) {
  const word = context.matchBefore(/[\w-]*:?[\w-]*|\?\w*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  if (word.text.startsWith("?")) {
    const used = new Set(context.state.doc.toString().match(/\?\w+/g));
    used.delete(word.text);
    return { from: word.from, options: [...used].map((label) => ({ label, type: "variable" })) };
  }
  const { known, terms } = await things();
  const options = Object.entries(terms).map(([iri, [kind, domain, range]]) => ({
    label: short(iri), type: kind, detail: known.get(iri)[lang],
    info: domain.length || range.length ? say("of", { domain: domain.map(short).join(", ") || "–", range: range.map(short).join(", ") || "–" }) : undefined,
  }));
  const words = ["SELECT", "WHERE", "OPTIONAL", "FILTER", "VALUES", "UNION", "GROUP BY", "ORDER BY", "LIMIT", "DISTINCT", "CONSTRUCT", "ASK", "BIND", "COUNT", "LANG"];
  return { from: word.from, options: [...options, ...words.map((label) => ({ label, type: "keyword" }))], validFor: /^[\w:-]*$/ };
}

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" }, { tag: tags.string, color: "var(--deriv)" },
  { tag: tags.variableName, color: "var(--infer)" }, { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.number, tags.bool, tags.literal], color: "var(--comp)" },
]);
const theme = EditorView.theme({
  "&": { border: "1px solid var(--line)", borderRadius: "6px", background: "var(--card)", color: "var(--ink)", fontSize: "14px" },
  "&.cm-focused": { outline: "2px solid var(--accent)" }, ".cm-content": { fontFamily: "var(--mono)", minHeight: "14em", caretColor: "var(--ink)" },
  ".cm-gutters": { background: "var(--paper)", color: "var(--soft)", border: "0" }, ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": { background: "var(--mark) !important" },
  ".cm-tooltip": { background: "var(--card)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--paper)" },
});
// Styles come as adopted sheets of a shadow root: the page's policy lets no <style> in.
const shadow = byId("editor").attachShadow({ mode: "open" });
const view = new EditorView({
  parent: shadow, root: shadow,
  state: EditorState.create({
    doc: area.value,
    extensions: [
      lineNumbers(), history(), bracketMatching(), closeBrackets(), sparql(), syntaxHighlighting(colours), theme, EditorView.lineWrapping,
      autocompletion({ override: [complete] }), EditorView.contentAttributes.of({ "aria-label": say("editor") }),
      keymap.of([{ key: "Mod-Enter", run: () => { run(); return true; } }, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    ],
  }),
});
area.hidden = true;

const text = () => view.state.doc.toString();
const put = (query) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: query } });

const HIDDEN = /#[^\n]*|<[^<>\s]*>|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

// The engine reads a - b + c as a - (b + c), and a / b * c as a / (b * c): whether the query holds such a sum.
const OPERAND = "(?:[?$]\\w+|[\\d.]+\\w*|x)";
const DOUBT = new RegExp(`${OPERAND}\\s*-\\s*${OPERAND}(?:\\s*[*/]\\s*${OPERAND})*\\s*[+-]\\s*${OPERAND}|${OPERAND}\\s*/\\s*${OPERAND}\\s*[*/]\\s*${OPERAND}`);
const INNER = /[\w:]*\([^()]*\)/g;
function doubtful(query) {
  let bare = query.replace(HIDDEN, "x").replace(/[A-Za-z][\w-]*:[\w.-]*/g, "p:p").replace(/\d[eE][+-]?\d/g, "1");
  let found = DOUBT.test(bare);
  for (let before = ""; before !== bare; ) {
    before = bare; // parentheses from the inside: of a path they hold no operand
    bare = bare.replace(INNER, (some) => { found ||= DOUBT.test(some); return /[?$\dx]/.test(some) ? "x" : "p:p"; });
    found ||= DOUBT.test(bare);
  }
  return found;
}

// Known prefixes that the query uses and does not declare, in one line: what the engine says of a place stays right.
function declarations(query) {
  const bare = query.replace(HIDDEN, " ");
  const used = new Set([...bare.matchAll(/([A-Za-z][\w-]*):/g)].map((one) => one[1]));
  const declared = new Set([...bare.matchAll(/prefix\s+([\w-]*):/gi)].map((one) => one[1]));
  return [...used].filter((one) => site.prefixes[one] && !declared.has(one)).map((one) => `PREFIX ${one}: <${site.prefixes[one]}> `).join("");
}

function complain(message, prefixes) {
  problem.textContent = message;
  const place = /(?:error )?at (\d+):(\d+)/.exec(message);
  if (!place) return;
  const line = view.state.doc.line(Math.min(Number(place[1]), view.state.doc.lines));
  const column = Number(place[2]) - 1 - (line.number === 1 ? [...prefixes].length : 0);
  const from = Math.min(line.from + [...line.text].slice(0, Math.max(column, 0)).join("").length, line.to);
  view.dispatch(setDiagnostics(view.state, [{ from, to: Math.min(from + 1, view.state.doc.length), severity: "error", message }]));
  view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
  problem.textContent = message.replace(place[0], `${line.number}:${from - line.from + 1}`);
}

async function run() {
  const query = text();
  const prefixes = declarations(query);
  history_(query);
  problem.textContent = "";
  byId("doubt").hidden = Boolean(site.endpoint) || !doubtful(query);
  view.dispatch(setDiagnostics(view.state, []));
  byId("run").disabled = true;
  byId("stop").disabled = false;
  status.textContent = say("loading");
  const began = performance.now();
  try {
    const found = await ask(query, { prefixes, derived: byId("derived").checked });
    const ms = Math.round(performance.now() - began);
    current = found;
    if (found.turtle !== undefined) result.replaceChildren(make("pre", { tabindex: "0" }, make("code", {}, found.turtle)));
    else if (found.boolean !== undefined) result.replaceChildren(make("p", { class: "yes" }, say(found.boolean ? "yes" : "no")));
    else result.replaceChildren(await table(found, { most: 1000 }));
    const rows = found.rows ? say(found.rows.length === 1 ? "row" : "rows", { n: found.rows.length }) : "";
    status.textContent = say("took", { rows, ms });
    downloads(byId("downloads"), "answer", () => current);
    for (const one of byId("downloads").querySelectorAll("a")) one.hidden = (one.dataset.format === "ttl") !== (found.turtle !== undefined);
  } catch (error) {
    status.textContent = error instanceof Stopped ? error.message : "";
    if (!(error instanceof Stopped)) complain(error.message, prefixes);
  } finally {
    byId("run").disabled = false;
    byId("stop").disabled = true;
  }
}

function history_(query) {
  window.history.replaceState(null, "", `#query=${encodeURIComponent(query)}`);
  localStorage.setItem("query", query);
}

// The saved questions by topic, in the order in which they come.
const questions = location.protocol === "file:" ? Promise.resolve({}) : read("questions.json.gz");
questions.then((all) => {
  const groups = Map.groupBy(Object.entries(all), ([, one]) => one.topic);
  byId("example").append(...[...groups].map(([topic, some]) => make("optgroup", { label: site.topics[topic] ?? topic },
    ...some.map(([id, one]) => make("option", { value: id }, one.summary[lang])))));
});

async function example(id) {
  const all = await questions;
  byId("example").value = id;
  if (all[id]) put(all[id].query);
}

byId("sparql").addEventListener("submit", (event) => { event.preventDefault(); run(); });
byId("stop").addEventListener("click", () => stop());
byId("example").addEventListener("change", (event) => event.target.value && example(event.target.value));

const asked = new URLSearchParams(location.hash.slice(1));
if (asked.get("question")) example(asked.get("question"));
else if (asked.get("query")) put(asked.get("query"));
else if (localStorage.getItem("query")) put(localStorage.getItem("query"));
