// The list of files: a row a file, brought up to date in place so that the focus stays where it is.
const fileList = (() => {
  const $ = (id) => document.getElementById(id);
  const settings = JSON.parse($("limits").textContent);
  const words = JSON.parse($("words").textContent);
  const lang = document.documentElement.dataset.lang;
  const rows = new Map(); // number, or a Symbol for a file that is not sent yet → <li>
  const filled = (template, ...values) => template.replace(/\{\}/g, () => values.shift());

  const link = (anchor, token, number, name) => {
    anchor.href = `/s/${token}/download/${number}?format=${anchor.dataset.format}&lang=${lang}`;
    if (name) anchor.setAttribute("aria-label", `${filled(settings.saved_by, name)} ${anchor.textContent}`);
  };

  const row = (key) => {
    if (!rows.has(key)) {
      rows.set(key, $("row").content.firstElementChild.cloneNode(true));
      $("rows").append(rows.get(key));
    }
    return rows.get(key);
  };

  // `file` as the server tells it; the words of a report and of names are only ever text here.
  const show = (key, file, token) => {
    const li = row(key);
    const { summary, state } = file;
    li.className = { failed: "failed", done: "" }[state] ?? "busy";
    const anchor = li.querySelector(".name a");
    anchor.hidden = state !== "done";
    if (summary) {
      anchor.textContent = summary.title || file.name;
      anchor.href = `#${file.number}`;
      anchor.lang = "zh-CN";
    }
    li.querySelector(".name span").textContent = summary ? "" : file.name;
    const facts = summary && [summary.place, summary.year && filled(settings.year, summary.year),
      filled(settings.characters, summary.characters.toLocaleString("en")), summary.title && file.name];
    li.querySelector(".facts").textContent = summary ? facts.filter(Boolean).join(" · ") : "";
    const said = li.querySelector(".state");
    said.textContent = file.error || words[state] || "";
    said.lang = file.error && !file.local ? "zh-CN" : document.documentElement.lang;
    said.hidden = state === "done";
    const counts = summary ? Object.entries(summary.severities) : [];
    li.querySelector(".counts").hidden = !summary;
    for (const [severity, count] of counts) {
      const badge = li.querySelector(`.counts .${severity}`);
      badge.querySelector("b").textContent = count;
      badge.hidden = !count;
    }
    li.querySelector(".clean").hidden = counts.some(([, count]) => count);
    li.querySelector(".downloads").hidden = state !== "done";
    if (summary) for (const each of li.querySelectorAll("[data-format]")) link(each, token, file.number, file.name);
  };

  const remove = (key) => {
    rows.get(key)?.remove();
    rows.delete(key);
  };

  // Rows of files that the server no longer has (an archive, in whose place stand its reports) go.
  const showAll = (files, token) => {
    const numbers = new Set(files.map((file) => file.number));
    for (const key of [...rows.keys()]) if (typeof key === "number" && !numbers.has(key)) remove(key);
    for (const file of files) show(file.number, file, token);
    const done = files.filter((file) => file.state === "done").length;
    $("reports").hidden = !rows.size;
    $("all").hidden = done < 2;
    for (const each of $("all").querySelectorAll("[data-format]")) link(each, token, 0);
  };

  return { $, words, settings, lang, filled, link, show, showAll, remove, empty: () => [...rows.keys()].forEach(remove) };
})();
