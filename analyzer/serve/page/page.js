// Sends files, asks how far they are, opens reports in a frame, and has everything removed when the page is closed.
(() => {
  const { $, words, settings, lang, filled, link, show, showAll, remove, empty } = fileList;
  const root = document.documentElement;
  const KEY = "session"; // of this tab alone, so that a page that is loaded anew finds its files
  const kept = {
    get: () => { try { return sessionStorage.getItem(KEY); } catch { return null; } },
    set: (value) => { try { value ? sessionStorage.setItem(KEY, value) : sessionStorage.removeItem(KEY); } catch { /* forgets */ } },
  };
  let token = kept.get();
  let files = [];
  let sending = 0;
  let asking = null;

  const say = (text) => { if ($("status").textContent !== text) $("status").textContent = text; };
  const keep = (value) => { token = value; kept.set(value); };

  // --- how far they are ---

  const tell = (told) => {
    files = told.files;
    showAll(files, token);
    const done = files.filter((file) => file.state === "done");
    const failed = files.filter((file) => file.state === "failed").length;
    const busy = told.busy || sending > 0;
    const found = done.flatMap((file) => Object.values(file.summary.severities)).reduce((sum, count) => sum + count, 0);
    if (!files.length) return busy;
    if (busy) {
      const all = done.length + failed === files.length && !sending;
      say(all ? words.comparing : filled(words.progress, files.length + sending, done.length + failed));
    } else {
      say(filled(words.finished, done.length, found) + (failed ? " " + filled(words.unread, failed) : ""));
    }
    return busy;
  };

  const lost = () => {
    keep(null);
    tell({ files: [], busy: false });
    $("reports").hidden = true;
    say(words.gone);
    if (location.hash) location.hash = "";
  };

  const ask = async (wait = 50) => {
    clearTimeout(asking);
    if (!token) return;
    try {
      const answer = await fetch(`/s/${token}`);
      if (answer.status === 404) return lost();
      const busy = tell(await answer.json());
      asking = setTimeout(ask, busy ? wait : 60_000, Math.min(wait * 1.1, 1000)); // an open page says so each minute
    } catch {
      asking = setTimeout(ask, 3000);
    }
  };

  // --- sending ---

  const refuse = (name, error) => {
    show(Symbol(name), { name, error, state: "failed", local: true });
    $("reports").hidden = false;
  };

  const session = async () => {
    if (token) return;
    const answer = await fetch("/s", { method: "POST" });
    if (!answer.ok) throw new Error(await answer.text());
    keep((await answer.json()).token);
  };

  const posted = async (file, name) => {
    try {
      await session();
      const named = encodeURIComponent(name.toWellFormed?.() ?? name);
      return await fetch(`/s/${token}/files?name=${named}`, { method: "POST", body: file });
    } finally {
      sending -= 1;
    }
  };

  const send = async (file, name, key) => {
    let error = words.failed;
    try {
      const answer = await posted(file, name);
      if (answer.status === 404) return lost();
      if (answer.ok) {
        remove(key);
        tell(await answer.json());
        return;
      }
      const why = await answer.text();
      if (answer.status === 413) {
        error = { file: filled(words.too_big, settings.bytes >> 20), files: filled(words.too_many, settings.files) }[why] ?? words.full;
      }
    } catch (failure) {
      if (failure.name === "Error") error = failure.message; // what the server said, and no fault of the network
    }
    show(key, { name, error, state: "failed", local: true });
  };

  const take = async (chosen) => {
    if (!chosen.length) return say(words.no_reports);
    const waiting = [];
    for (const { file, name } of chosen) {
      if (file.size > settings.bytes) refuse(name, filled(words.too_big, settings.bytes >> 20));
      else if (files.length + sending + waiting.length >= settings.files) refuse(name, filled(words.too_many, settings.files));
      else waiting.push({ file, name, key: Symbol(name) });
    }
    sending += waiting.length;
    for (const { name, key } of waiting) show(key, { name, state: "sending" });
    $("reports").hidden = false;
    for (const { file, name, key } of waiting) {
      await send(file, name, key);
      ask();
    }
  };

  // Of a folder only what can be a report: no hidden files, none of Word's locks.
  const isReport = (name) => {
    const last = name.split("/").at(-1);
    return !/^(\.|~\$)/.test(last) && settings.accepted.some((ending) => last.toLowerCase().endsWith(ending));
  };

  const walk = async (entry, found) => {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      found.push({ file, name: entry.fullPath.slice(1) });
      return;
    }
    const reader = entry.createReader();
    for (;;) { // a hundred at a time
      const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!entries.length) return;
      for (const each of entries) if (each.isDirectory || isReport(each.name)) await walk(each, found);
    }
  };

  for (const what of ["files", "folder"]) {
    $(`choose-${what}`).addEventListener("click", () => $(what).click());
    $(what).addEventListener("change", () => {
      const chosen = [...$(what).files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
      $(what).value = ""; // the same file may be chosen again
      take(what === "folder" ? chosen.filter(({ name }) => isReport(name)) : chosen);
    });
  }
  let depth = 0; // drag events come from every element that is passed
  addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; over(); });
  addEventListener("dragleave", () => { depth -= 1; over(); });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", async (event) => {
    event.preventDefault(); // else the browser would leave for the file
    depth = 0;
    over();
    location.hash = "";
    const found = [];
    const entries = [...event.dataTransfer.items].filter((item) => item.kind === "file")
      .map((item) => [item.webkitGetAsEntry?.(), item.getAsFile()]); // now: they are gone after the first await
    for (const [entry, file] of entries) {
      if (entry?.isDirectory) await walk(entry, found).catch(() => {});
      else if (file) found.push({ file, name: file.name });
    }
    take(found);
  });
  const title = $("drop-title");
  const asked = title.textContent;
  function over() {
    root.classList.toggle("over", depth > 0);
    title.textContent = depth > 0 ? title.dataset.over : asked;
  }

  // --- a report, or the comparison, in a frame; the address says which, so that “back” leads back ---

  const frame = (url) => {
    const made = document.createElement("iframe"); // a new one each time: a change of its address would count for “back”
    made.title = $("frame").dataset.title;
    made.setAttribute("sandbox", "allow-scripts allow-modals");
    made.addEventListener("load", () => { themed(); made.focus(); });
    made.src = url;
    $("frame").replaceChildren(made);
  };
  const themed = () => {
    const theme = root.dataset.theme;
    if (theme) $("frame").firstElementChild?.contentWindow.postMessage({ theme }, "*"); // a sandboxed page has no origin
  };
  const named = document.title;
  let last = "";
  const route = () => {
    const at = location.hash.slice(1);
    const file = files.find((each) => String(each.number) === at && each.state === "done");
    const opens = Boolean(file || (at in settings.together && token));
    root.classList.toggle("open", opens);
    $("list").hidden = opens;
    $("view").hidden = !opens;
    document.title = named;
    if (!opens) {
      $("frame").replaceChildren();
      document.querySelector(`[href="#${last}"]`)?.focus();
      return;
    }
    last = at;
    $("shown").textContent = file ? file.summary.title || file.name : settings.together[at];
    $("shown").title = file ? file.name : "";
    document.title = `${$("shown").textContent} · ${named}`;
    for (const each of $("shown-downloads").querySelectorAll("[data-format]")) link(each, token, file ? file.number : 0);
    frame(`/s/${token}/${file ? `page/${file.number}` : at}?lang=${lang}`);
  };
  addEventListener("hashchange", route);

  // --- the end ---

  $("clear").addEventListener("click", async () => {
    const old = token;
    keep(null);
    files = [];
    empty();
    $("reports").hidden = true;
    if (old) await fetch(`/s/${old}/clear`, { method: "POST" }).catch(() => {});
    say(words.cleared);
    $("choose-files").focus();
  });
  addEventListener("pagehide", () => { if (token) fetch(`/s/${token}/leave`, { method: "POST", keepalive: true }); });
  addEventListener("pageshow", (event) => { if (event.persisted) ask(); }); // out of the browser's memory

  ask().then(route);
})();
