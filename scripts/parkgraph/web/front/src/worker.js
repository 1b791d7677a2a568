// The engine: Oxigraph on the graph, in a thread of its own that may be ended at any time.
import init, { Store, namedNode } from "oxigraph/web.js";

let store;

async function unzipped(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip")));
}

async function start({ wasm, graph }) {
  const [code, text] = await Promise.all([
    unzipped(wasm).then((response) => response.arrayBuffer()),
    unzipped(graph).then((response) => response.text()),
  ]);
  await init({ module_or_path: code });
  store = new Store();
  store.load(text, { format: "application/n-quads", lenient: true });
}

const JSON_TYPE = "application/sparql-results+json";
const HIDDEN = /#[^\n]*|<[^<>\s]*>|"""[^]*?"""|\'\'\'[^]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'/g;

// Whether the query gives triples; strings, IRIs and comments hold no keyword.
const triples = (query) => /^(CONSTRUCT|DESCRIBE)/i.test(query.replace(HIDDEN, " ").match(/\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b/i)?.[0] ?? "");

function answer({ query, graphs, prefixes, format }) {
  const options = { default_graph: graphs.map((iri) => namedNode(iri)) };
  const results_format = format || (triples(query) ? "text/turtle" : JSON_TYPE);
  const text = store.query(prefixes + query, { ...options, results_format });
  if (format) return { text };
  if (results_format !== JSON_TYPE) return { turtle: text };
  const { boolean, head, results } = JSON.parse(text);
  if (boolean !== undefined) return { boolean };
  return { columns: head.vars, rows: results.bindings.map((row) => head.vars.map((name) => row[name] ?? null)) };
}

onmessage = async ({ data: { id, start: files, ...request } }) => {
  try {
    postMessage({ id, result: files ? await start(files) : answer(request) });
  } catch (error) {
    postMessage({ id, error: String(error.message ?? error) });
  }
};
