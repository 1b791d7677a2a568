// On the page at the bare place of a thing: on to the page in the reader's language, the fragment kept.
const wanted = (navigator.languages || []).find((tag) => /^(zh|en)\b/i.test(tag)) || "zh";
const go = () => {
  const links = [...document.querySelectorAll("a")];
  const link = links.find((one) => (one.lang || "zh") === wanted.slice(0, 2).toLowerCase()) || links[0];
  location.replace(link.href.includes("#") ? link.href : link.href + location.hash);
};
document.addEventListener("DOMContentLoaded", go);
