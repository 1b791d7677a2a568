// On the page at the bare place of a thing: on to the page in the reader's language, the fragment kept.
const wanted = (navigator.languages || []).find((tag) => /^(zh|en)\b/i.test(tag)) || "zh";
document.addEventListener("DOMContentLoaded", () => {
  const link = document.querySelector("a").getAttribute("href").replace(/^((?:\.\.\/)*)zh\//, `$1${wanted.slice(0, 2).toLowerCase()}/`);
  location.replace(link.includes("#") ? link : link + location.hash);
});
