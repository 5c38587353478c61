// Tables of class "data" that sort by their headings and filter by words. How to use it: see render/pages.py.
(() => {
  const chinese = new Intl.Collator("zh-CN", { numeric: true });

  const valueOf = (cell) => {
    const said = cell?.dataset.sort ?? cell?.textContent.trim() ?? "";
    const number = said === "" ? NaN : Number(said);
    return Number.isNaN(number) ? said : number;
  };

  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return chinese.compare(a, b);
  };

  // Sorts by one column; empty cells stay last both ways. Rows alike keep their order.
  const sort = (table, column, down) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [valueOf(row.cells[column]), row]);
    rows.sort(([a], [b]) => (a === "" || b === "" ? (a === "") - (b === "") : down ? compare(b, a) : compare(a, b)));
    body.append(...rows.map(([, row]) => row));
  };

  for (const table of document.querySelectorAll("table.data")) {
    for (const heading of table.tHead.rows[0].cells) {
      if ("fixed" in heading.dataset) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const now = heading.getAttribute("aria-sort");
        const numbers = typeof valueOf(table.tBodies[0].rows[0]?.cells[heading.cellIndex]) === "number";
        const down = now ? now === "ascending" : numbers; // the largest number first
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, heading.cellIndex, down);
      });
    }
  }

  for (const input of document.querySelectorAll("input[data-filter]")) {
    const rows = [...document.getElementById(input.dataset.filter).tBodies[0].rows];
    const output = document.querySelector(`output[data-rows="${input.dataset.filter}"]`);
    const filter = () => {
      const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const words = wanted.length ? row.textContent.toLowerCase() : "";
        row.hidden = !wanted.every((word) => words.includes(word));
        shown += !row.hidden;
      }
      if (output) output.textContent = output.dataset.template.replace("{shown}", shown).replace("{all}", rows.length);
    };
    input.addEventListener("input", filter);
    filter();
  }
})();
