// Search as you type: what `parkgraph find` does, on the same documents: BM25 over Chinese characters and pairs, stems
// and parts of other words, without words that only build sentences; a name that holds the words goes first.
import { link } from "./things.js";
import { lang, make, read, root } from "./words.js";

const [K1, B, GRAM, NEAR] = [1.2, 0.6, 4, 8];
const WORD = /[\u3400-\u9fff\uf900-\ufaff]+|(?:(?![\u3400-\u9fff])[\p{L}\p{N}])+(?:[.'’&+-](?:(?![\u3400-\u9fff])[\p{L}\p{N}])+)*/gu;
const ENDINGS = ["ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "al", "e", "y"];
const TOLD = { zh: { none: "没有找到。", question: "问题" }, en: { none: "Nothing is called so.", question: "question" } };

function stem(word) {
  if (!/^\p{L}+$/u.test(word) || word.length < GRAM) return word;
  if (word.length === GRAM) return word.replace(/s$/, "");
  const ending = ENDINGS.find((end) => word.endsWith(end) && word.length - end.length >= 3) ?? "";
  return word.slice(0, word.length - ending.length);
}

function latin(word) {
  const long = word.length > GRAM && /^\p{L}+$/u.test(word);
  return [stem(word), ...(long ? Array.from({ length: word.length - GRAM + 1 }, (_, at) => `${word.slice(at, at + GRAM)}~`) : [])];
}

const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/[-‐‑–—_·•・'"“”‘’「」『』《》〈〉()（）\p{Zs}]/gu, "");

// How much of a name the words are, when they are a part of it; signs alone must be all of it.
const partOf = (wanted, name) => (wanted === name || (/[\p{L}\p{N}]/u.test(wanted) && name.includes(wanted)) ? wanted.length / name.length : 0);

class Index {
  constructor({ documents, weights, function: words, simplified }) {
    this.documents = documents;
    this.characters = new Set(words.zh);
    this.words = new Set(words.en.split(/\s+/));
    const chars = [...simplified];
    this.simple = new Map(chars.flatMap((char, at) => (at % 2 ? [] : [[char, chars[at + 1]]])));
    this.postings = new Map();
    const each = documents.map(([, , fields]) => {
      const weight = new Map();
      for (const [field, value] of Object.entries(weights)) {
        const texts = [...new Set(fields[field] ?? [])];
        const share = value / Math.max(1, Math.sqrt(texts.length / NEAR));
        for (const text of texts) for (const term of this.terms(text)) weight.set(term, (weight.get(term) ?? 0) + share);
      }
      return weight;
    });
    const lengths = each.map((weight) => [...weight.values()].reduce((sum, one) => sum + one, 0));
    const mean = lengths.reduce((sum, one) => sum + one, 0) / (lengths.length || 1);
    each.forEach((weight, number) => {
      const held = K1 * (1 - B + (B * lengths[number]) / mean);
      for (const [term, value] of weight) {
        if (!this.postings.has(term)) this.postings.set(term, []);
        this.postings.get(term).push([number, Math.round((1000 * value * (K1 + 1)) / (value + held)) / 1000]);
      }
    });
  }

  terms(text) {
    const found = [];
    for (const [word] of text.normalize("NFKC").toLowerCase().matchAll(WORD)) {
      if (word[0] >= "\u3400" && word[0] <= "\ufaff") {
        const tells = (char) => !this.characters.has(char);
        for (let at = 1; at < word.length; at += 1) if (tells(word[at - 1]) || tells(word[at])) found.push(word[at - 1] + word[at]);
        found.push(...[...word].filter(tells));
      } else if (!this.words.has(word)) {
        for (const part of new Set([word, ...word.split(/[^\p{L}\p{N}_.]/u)])) if (part && !this.words.has(part)) found.push(...latin(part));
      }
    }
    return found;
  }

  idf(term) {
    const having = this.postings.get(term)?.length ?? 0;
    return Math.log(1 + (this.documents.length - having + 0.5) / (having + 0.5));
  }

  find(typed, most) {
    const words = [...typed.normalize("NFKC")].map((char) => this.simple.get(char) ?? char).join("");
    const wanted = this.terms(words);
    const times = new Map();
    for (const term of wanted) times.set(term, (times.get(term) ?? 0) + 1);
    // What has only function words or signs may still be a name.
    const scores = new Map(wanted.length ? [] : this.documents.map((_, number) => [number, 0]));
    for (const [term, n] of times) {
      for (const [number, score] of this.postings.get(term) ?? []) {
        scores.set(number, (scores.get(number) ?? 0) + Math.min(n, 2) * this.idf(term) * score);
      }
    }
    const whole = [...times.keys()].reduce((sum, term) => sum + this.idf(term), 0) || 1;
    const part = folded(words);
    const ranked = [];
    for (const [number, score] of scores) {
      const [, , fields] = this.documents[number];
      const names = [...(fields.name ?? []), ...(fields.alias ?? [])].map(folded);
      const held = part ? Math.max(0, ...names.map((name) => partOf(part, name))) : 0;
      if (score || held) ranked.push([Math.round((score + whole * held) * 1e4) / 1e4, number]);
    }
    ranked.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    return ranked.slice(0, most).map(([, number]) => this.documents[number]);
  }
}

let reading = null;
async function index() {
  return new Index(await read("search.json.gz"));
}

export const find = async (words, most = 30) => (await (reading ??= index())).find(words, most);

async function items(words, most) {
  const made = [];
  for (const [kind, key, fields] of await find(words, most)) {
    const names = fields.name ?? [];
    const name = lang === "zh" ? names[0] : (names[1] ?? names[0]);
    const second = names.find((one) => one !== name);
    const shown = kind === "question" ? make("a", { href: `${root}${lang}/question/${key}.html` }, name) : await link(key, name);
    const kinds = fields.kind ?? [];
    const word = kind === "question" ? TOLD[lang].question : ((lang === "zh" ? kinds[0] : kinds[1]) ?? kinds[0]);
    made.push(make("li", {}, shown, second ? make("span", { class: "muted", lang: lang === "zh" ? "en" : "zh" }, ` ${second}`) : null, word ? make("span", { class: "kind" }, word) : null));
  }
  return made;
}

export function searching() {
  const input = document.getElementById("q");
  const hits = document.getElementById("hits");
  if (!input) return;
  input.autocomplete = "off"; // suggestions of our own are shown
  const list = make("ul", { class: "suggest", id: "suggest", hidden: true });
  input.after(list);
  let last = 0;
  const show = async () => {
    const turn = ++last;
    const words = input.value.trim();
    const found = words && location.protocol !== "file:" ? await items(words, hits ? 30 : 8).catch(() => []) : [];
    if (turn !== last) return;
    if (hits) {
      hits.replaceChildren(...(found.length ? [make("ul", { class: "hits" }, ...found)] : words ? [make("p", { class: "none" }, TOLD[lang].none)] : []));
      history.replaceState(null, "", words ? `?q=${encodeURIComponent(words)}` : location.pathname);
    } else {
      list.replaceChildren(...found);
      list.hidden = !found.length;
    }
  };
  input.addEventListener("input", show);
  input.form.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("li > a:first-child")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") { list.hidden = true; input.focus(); }
    if (list.hidden || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    (links[at + (event.key === "ArrowDown" ? 1 : -1)] ?? input).focus();
  });
  document.addEventListener("click", (event) => { if (!input.form.contains(event.target)) list.hidden = true; });
  const asked = new URLSearchParams(location.search).get("q");
  if (hits && asked && !hits.childElementCount) { input.value = asked; show(); }
}
