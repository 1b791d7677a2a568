// The reader's own copy of an article: its digest is checked, its words appear where passages are cited, and
// nothing is sent. It is kept for this tab only. Offsets are code points, not the UTF-16 units of JavaScript.
import { say } from "./words.js";

const KEY = "article:";

export async function sha256(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
}

// For a link to a passage: [source, start, end].
function cited(link) {
  const found = /source\/([^/#]+?)(?:\.p\d+)?\.html#(\d+)-(\d+)$/.exec(link.href);
  return found && [decodeURIComponent(found[1]), Number(found[2]), Number(found[3])];
}

function show(source, text) {
  const points = [...text];
  const shown = document.querySelector("[data-source]");
  const quote = (start, end) => {
    const q = document.createElement("q");
    q.dataset.own = source;
    q.lang = shown?.dataset.lang || "zh";
    q.textContent = points.slice(start, end).join("");
    return q;
  };
  if (shown?.dataset.source === source) {
    for (const item of document.querySelectorAll(".passages > li")) {
      const [start, end] = item.id.split("-").map(Number);
      item.lastElementChild.prepend(quote(start, end));
    }
  }
  for (const link of document.querySelectorAll("main a[href*='#']")) {
    const place = cited(link);
    if (place && place[0] === source && link.closest("details, .own")) link.after(quote(place[1], place[2]));
  }
}

function hide(source) {
  for (const q of document.querySelectorAll("q[data-own]")) if (q.dataset.own === source) q.remove();
}

// A passage whose place is on a further part of the page: a link to the whole article leads there.
function lead(opener) {
  const start = Number(/^#(\d+)-\d+$/.exec(location.hash)?.[1] ?? -1);
  const part = opener && start >= 0 ? opener.dataset.starts.split(" ").filter((one) => Number(one) <= start).length : 1;
  if (part > 1) location.replace(location.pathname.replace(/\.html$/, `.p${part}.html`) + location.hash);
}

export function openArticles(root = document) {
  const kept = Object.keys(sessionStorage).filter((key) => key.startsWith(KEY));
  for (const key of kept) show(key.slice(KEY.length), sessionStorage.getItem(key));
  const opener = root.getElementById("opener");
  lead(opener);
  addEventListener("hashchange", () => lead(opener));
  const input = root.getElementById("copy");
  if (!opener || !input) return;
  const { sha } = opener.dataset;
  const { source } = root.querySelector("[data-source]").dataset;
  const told = root.getElementById("copy-says");
  const forget = root.getElementById("forget");
  input.closest("p").hidden = false;
  forget.hidden = !sessionStorage.getItem(KEY + source);
  if (!forget.hidden) told.textContent = say("open");
  forget.addEventListener("click", () => {
    sessionStorage.removeItem(KEY + source);
    hide(source);
    forget.hidden = true;
    told.textContent = "";
    input.value = "";
  });
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    hide(source);
    const bytes = await file.arrayBuffer();
    if ((await sha256(bytes)) !== sha) {
      sessionStorage.removeItem(KEY + source);
      forget.hidden = true;
      const length = [...new TextDecoder().decode(bytes)].length;
      told.textContent = say("different", { n: length, of: opener.dataset.length });
      return;
    }
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    sessionStorage.setItem(KEY + source, text);
    show(source, text);
    forget.hidden = false;
    told.textContent = say("open");
  });
}
