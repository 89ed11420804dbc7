"use strict";
(() => {
  const page = document.documentElement, order = new Intl.Collator(page.lang, { numeric: true });
  const bar = document.querySelector(".bar"), selects = bar ? [...bar.querySelectorAll("select")] : [];
  const tables = [...document.querySelectorAll("table")].map(readTable);
  page.classList.add("js");

  function readTable(table) {
    const heads = [...table.tHead.rows[0].cells], bodies = [...table.tBodies];
    const rows = bodies.flatMap((body) => [...body.rows].filter((row) => !row.matches(".group")).map((row) => readRow(row, body, heads)));
    const none = document.createElement("p");
    none.className = "quiet";
    none.textContent = document.querySelector("main").dataset.none;
    none.hidden = true;
    table.parentElement.after(none);
    return { table, heads, bodies, rows, none };
  }

  function readRow(row, body, heads) {
    const facets = new Map();
    if (body.dataset.facet) facets.set(body.dataset.facet, [body.dataset.name]);
    heads.forEach((head, at) => {
      if (head.dataset.facet) facets.set(head.dataset.facet, JSON.parse(row.cells[at].dataset.f || "[]"));
    });
    return { row, body, facets };
  }

  // A table is narrowed only by what its own rows are named by.
  function filter() {
    const wanted = selects.filter((one) => one.value);
    for (const { bodies, rows, none, table } of tables) {
      for (const { row, facets } of rows) {
        row.hidden = wanted.some((one) => facets.has(one.dataset.facet) && !facets.get(one.dataset.facet).includes(one.value));
      }
      for (const body of bodies) body.hidden = ![...body.rows].some((row) => !row.hidden && !row.matches(".group"));
      none.hidden = rows.some(({ row }) => !row.hidden) || rows.length === 0;
      table.parentElement.hidden = !none.hidden;
    }
    tell(wanted.length > 0);
  }

  function tell(some) {
    const about = (all) => new Set(all.map(({ row }) => row.dataset.about).filter(Boolean)).size;
    const rows = tables.flatMap((one) => one.rows), output = bar.querySelector("output");
    const shown = about(rows.filter(({ row }) => !row.hidden));
    output.textContent = output.dataset.text.replace("{shown}", shown).replace("{total}", about(rows));
    bar.querySelector("button").hidden = !some;
    page.classList.toggle("filtered", some);
  }

  function clear() {
    for (const one of selects) one.value = "";
    filter();
  }

  // A column sorts all rows of its table, up, then down, then as they were; what has no number comes last.
  function sort(one, at, head) {
    const now = head.getAttribute("aria-sort"), next = now === "ascending" ? "descending" : now ? null : "ascending";
    for (const other of one.heads) other.removeAttribute("aria-sort");
    if (next) head.setAttribute("aria-sort", next);
    if (!one.flat) one.table.append((one.flat = document.createElement("tbody")));
    one.table.classList.toggle("sorted", Boolean(next));
    if (next) one.flat.append(...sorted(one.rows, at, next === "ascending" ? 1 : -1));
    else for (const { row, body } of one.rows) body.append(row);
    filterAgain();
  }

  function sorted(rows, at, way) {
    const key = ({ row }) => row.cells[at].dataset.o, text = ({ row }) => row.cells[at].firstChild?.textContent ?? "";
    const numbers = rows.some((one) => key(one) !== undefined);
    const empty = (one) => (numbers ? key(one) === undefined : text(one) === "");
    const compare = (a, b) => (numbers ? key(a) - key(b) : order.compare(text(a), text(b)));
    return [...rows].sort((a, b) => empty(a) - empty(b) || (empty(a) ? 0 : way * compare(a, b))).map(({ row }) => row);
  }

  function filterAgain() {
    if (bar) filter();
  }

  function addSorting() {
    for (const one of tables) {
      one.heads.forEach((head, at) => {
        const button = document.createElement("button");
        button.type = "button";
        button.append(...head.childNodes);
        button.addEventListener("click", () => sort(one, at, head));
        head.append(button);
      });
    }
  }

  // A link to a row shows it, whatever is filtered.
  function follow() {
    const row = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row) return;
    if (row.hidden || row.closest("[hidden]")) clear();
    row.scrollIntoView({ block: row.matches("tr") ? "center" : "start" });
  }

  addSorting();
  if (bar) {
    bar.hidden = false;
    bar.addEventListener("change", filter);
    bar.querySelector("button").addEventListener("click", () => { clear(); selects[0].focus(); });
    filter();
  }
  addEventListener("hashchange", follow);
  follow();
  performance.mark("ready");
})();
