// Asks the engine in its worker, or an endpoint where the graph is too large; can be stopped at once.
import { root, say, site } from "./words.js";

const LIMIT = 30; // seconds
let worker = null;
let ready = null;
let pending = null;
let number = 0;

export class Stopped extends Error {}

function end(error) {
  worker?.terminate();
  worker = ready = null;
  const waiting = pending;
  pending = null;
  waiting?.reject(error);
}

export const stop = (message = say("stopped")) => end(new Stopped(message));

function send(request) {
  return new Promise((resolve, reject) => {
    pending = { id: ++number, resolve, reject };
    worker.postMessage({ id: number, ...request });
  });
}

function begin() {
  if (ready) return ready;
  if (location.protocol === "file:") return Promise.reject(new Error(say("file")));
  worker = new Worker(`${root}assets/worker.js`);
  worker.onmessage = ({ data: { id, result, error } }) => {
    if (pending?.id !== id) return;
    const waiting = pending;
    pending = null;
    if (error) waiting.reject(new Error(error));
    else waiting.resolve(result);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    end(new Error(say("crashed", { why: event.message || "–" })));
  };
  const at = (path) => new URL(path, location.href).href;
  ready = send({ start: { wasm: at(`${root}assets/oxigraph.wasm.gz`), graph: at(`${root}data/parkgraph.nq.gz`) } });
  ready.catch(() => { worker?.terminate(); worker = ready = null; });
  return ready;
}

async function remote(query, format) {
  const control = new AbortController();
  return new Promise((resolve, reject) => {
    pending = { id: ++number, resolve, reject };
    const accept = format || "application/sparql-results+json, text/turtle;q=0.9";
    fetch(site.endpoint === "sparql" ? `${root}sparql` : site.endpoint, {
      method: "POST", signal: control.signal,
      headers: { "Content-Type": "application/sparql-query", Accept: accept }, body: query,
    }).then(async (response) => {
      const text = await response.text();
      if (!response.ok) throw new Error(text.startsWith("{") ? JSON.parse(text).title : text);
      if (format) return { text };
      if (!text.startsWith("{")) return { turtle: text };
      const { boolean, head, results } = JSON.parse(text);
      if (boolean !== undefined) return { boolean };
      return { columns: head.vars, rows: results.bindings.map((row) => head.vars.map((name) => row[name] ?? null)) };
    }).then(resolve, reject);
    pending.reject = (error) => { control.abort(); reject(error); };
  });
}

// query: SPARQL. derived: with what follows. prefixes: declarations before it. format: a media type → {text}.
// → {columns, rows} (terms as SPARQL's JSON writes them), {boolean}, {turtle} or {text}.
export async function ask(query, { derived = true, prefixes = "", format = "" } = {}) {
  if (site.endpoint === "none") throw new Error(say("large"));
  if (pending) stop();
  const clock = { timer: 0 };
  const late = () => stop(say("late", { s: LIMIT }));
  try {
    if (site.endpoint) {
      clock.timer = setTimeout(late, LIMIT * 1000);
      return await remote(prefixes + query, format);
    }
    await begin();
    clock.timer = setTimeout(late, LIMIT * 1000);
    const graphs = derived ? site.graphs : site.graphs.filter((iri) => !iri.endsWith("/inferred"));
    return await send({ query, graphs, prefixes, format });
  } finally {
    clearTimeout(clock.timer);
  }
}
