// What every page has: the IRI to copy, the query kept when the language is changed, the neighbourhood of a thing as
// a picture, the reader's own copy of an article, and search as you type.
import { openArticles } from "./article.js";
import { near } from "./near.js";
import { searching } from "./search.js";

const iri = document.querySelector(".iri code");
if (iri && navigator.clipboard) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = document.documentElement.lang === "zh" ? "复制" : "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(iri.textContent);
    button.textContent = "✓";
  });
  iri.after(" ", button);
}

const other = document.querySelector("header a[hreflang]");
if (other) other.addEventListener("click", () => { other.href = other.href.split(/[?#]/)[0] + location.search + location.hash; });

near();
openArticles();
searching();
