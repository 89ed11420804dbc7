// The search: every word must be in an entry. On other pages, Enter leads to the start page with the words.
(() => {
  const input = document.querySelector(".top input"), box = document.querySelector(".entries");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  input.hidden = false;
  if (!box) {
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && input.value.trim()) location.href = `${input.dataset.home}#q=${encodeURIComponent(input.value)}`;
    });
    return;
  }
  const entries = [...box.querySelectorAll("li")].map((item) => ({ item, words: plain(`${item.dataset.words} ${item.textContent}`) }));
  const output = box.querySelector("output"), groups = [...box.querySelectorAll("details")];

  function search() {
    const wanted = plain(input.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { item, words } of entries) {
      item.hidden = !wanted.every((word) => words.includes(word));
      count += !item.hidden;
    }
    for (const group of groups) {
      const some = [...group.querySelectorAll("li")].some((item) => !item.hidden);
      group.hidden = !some;
      group.open = wanted.length > 0 && some;
    }
    document.body.classList.toggle("searching", wanted.length > 0);
    output.hidden = wanted.length === 0;
    output.textContent = output.dataset.text.replace("{count}", count);
  }

  function ask() {
    const found = location.hash.match(/^#q=(.*)$/);
    if (!found) return;
    try { input.value = decodeURIComponent(found[1]); } catch { input.value = found[1]; }
    search();
    input.focus();
  }

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const shown = entries.filter(({ item }) => !item.hidden);
    if (event.key === "Enter" && input.value.trim() && shown.length === 1) location.href = shown[0].item.querySelector("a").href;
  });
  addEventListener("hashchange", ask);
  ask();
})();
