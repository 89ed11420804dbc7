// Search: every word of the query has to stand in a section. Texts are compared as they are, so Chinese needs no word list.
"use strict";
(() => {
  const { base, language, none, failed } = document.body.dataset;
  const field = document.getElementById("query");
  const list = document.getElementById("results");
  const contents = document.querySelector("details.contents");
  if (matchMedia("(max-width: 60rem)").matches) contents.removeAttribute("open");

  let sections = null;
  const load = async () => {
    sections ??= fetch(`${base}/search/search_index.json`)
      .then((answer) => answer.json())
      .then(({ docs }) => docs
        // The index also has each page as a whole, which would be found twice.
        .filter(({ location }) => location.includes("#") && location.startsWith("zh/") === (language === "zh"))
        .map((doc) => ({ ...doc, low: doc.text.toLowerCase(), lowTitle: doc.title.toLowerCase() })));
    return sections;
  };

  const score = ({ low, lowTitle }, words) => {
    let total = 0;
    for (const word of words) {
      const inTitle = lowTitle.includes(word);
      const inText = low.split(word).length - 1;
      if (!inTitle && !inText) return 0;
      total += (inTitle ? 20 : 0) + (lowTitle === word ? 40 : 0) + Math.min(inText, 10);
    }
    return total;
  };

  const excerpt = ({ text, low }, word) => {
    const at = Math.max(low.indexOf(word), 0);
    const start = Math.max(at - 40, 0);
    return [(start ? "… " : "") + text.slice(start, at), text.slice(at, at + word.length), text.slice(at + word.length, at + 100)];
  };

  const entry = (section, word) => {
    const link = document.createElement("a");
    link.href = `${base}/${section.location}`;
    const title = document.createElement("strong");
    title.textContent = section.title;
    const [before, hit, after] = excerpt(section, word);
    const mark = document.createElement("mark");
    mark.textContent = section.low.includes(word) ? hit : "";
    const line = document.createElement("span");
    line.append(before, mark, mark.textContent ? after : hit + after);
    link.append(title, line);
    const item = document.createElement("li");
    item.append(link);
    return item;
  };

  const note = (text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  };

  const search = async () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    list.hidden = !words.length;
    if (!words.length) return;
    try {
      const hits = (await load())
        .map((section) => [score(section, words), section])
        .filter(([points]) => points)
        .sort(([one], [other]) => other - one)
        .slice(0, 20);
      list.replaceChildren(...(hits.length ? hits.map(([, section]) => entry(section, words[0])) : [note(none)]));
    } catch {
      list.replaceChildren(note(failed));
    }
  };

  field.addEventListener("input", search);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== field) {
      event.preventDefault();
      field.focus();
    } else if (event.key === "Escape") {
      list.hidden = true;
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".search")) list.hidden = true;
  });
})();
