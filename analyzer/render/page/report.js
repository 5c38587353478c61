// One report: notes beside their words, stepping through findings, filters, role colours, words that a row speaks of.
(() => {
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const notes = [...document.querySelectorAll(".doc .notes .note")]
    .sort((a, b) => a.id.slice(1) - b.id.slice(1));
  const marked = [...document.querySelectorAll("mark, .rel, .ref, .back")];
  const wide = matchMedia("screen and (min-width: 68rem)");
  const GAP = 8;
  let active = -1;

  const shown = () => notes.filter((note) => !note.hidden);
  const numberOf = (note) => note.id.slice(1);
  const numbersOf = (element) => element.dataset.f.split(" ");

  // --- notes in the margin: each at the height of its words, none over another, the active one exactly ---

  const place = () => {
    root.classList.toggle("margin", notes.length > 0);
    const doc = document.querySelector(".doc");
    if (!wide.matches) {
      doc.style.minHeight = "";
      for (const note of notes) note.style.top = "";
      return;
    }
    const top = doc.getBoundingClientRect().top;
    const boxes = shown().map((note) => {
      const words = $("f" + numberOf(note)).getBoundingClientRect().top - top;
      return { note, words, height: note.offsetHeight, at: words };
    });
    const fixed = Math.max(0, boxes.findIndex((box) => notes.indexOf(box.note) === active));
    for (let i = fixed + 1; i < boxes.length; i++) {
      boxes[i].at = Math.max(boxes[i].words, boxes[i - 1].at + boxes[i - 1].height + GAP);
    }
    for (let i = fixed - 1; i >= 0; i--) {
      boxes[i].at = Math.min(boxes[i].words, boxes[i + 1].at - boxes[i].height - GAP);
    }
    const low = boxes.length ? Math.min(0, boxes[0].at - GAP) : 0; // none above the paper
    for (const box of boxes) box.note.style.top = `${box.at - low}px`;
    const last = boxes.at(-1);
    doc.style.minHeight = last ? `${last.at - low + last.height + 2 * GAP}px` : "";
  };

  // --- one finding after the other ---

  const light = (number) => {
    for (const element of marked) element.classList.toggle("lit", numbersOf(element).includes(number));
  };

  const tell = () => {
    const output = $("at");
    if (!output) return;
    const at = shown().indexOf(notes[active]);
    output.textContent = shown().length
      ? output.dataset.template.replace("{at}", at < 0 ? "–" : at + 1).replace("{all}", shown().length)
      : output.dataset.none;
  };

  const select = (note, scroll = true) => {
    notes[active]?.classList.remove("on");
    active = notes.indexOf(note);
    note.classList.add("on");
    light(numberOf(note));
    place();
    tell();
    if (!scroll) return;
    note.focus({ preventScroll: true });
    $("f" + numberOf(note)).scrollIntoView({ block: wide.matches ? "center" : "start" });
  };

  const step = (by) => {
    const list = shown();
    if (!list.length) return;
    const number = active < 0 ? (by > 0 ? -1 : 0) : active;
    const next = by > 0
      ? list.find((note) => notes.indexOf(note) > number) ?? list[0]
      : list.findLast((note) => notes.indexOf(note) < number) ?? list.at(-1);
    select(next);
  };

  $("next")?.addEventListener("click", () => step(1));
  $("previous")?.addEventListener("click", () => step(-1));
  for (const note of notes) {
    note.addEventListener("click", (event) => { if (!event.target.closest("a, summary")) select(note, false); });
    note.querySelector("details")?.addEventListener("toggle", place);
  }
  document.querySelector(".doc").addEventListener("click", (event) => {
    const sign = event.target.closest("mark, .ref, .back");
    const note = sign && notes[numbersOf(sign)[0] - 1];
    if (!note || note.hidden) return;
    if (wide.matches) event.preventDefault(); // it is beside the words already
    select(note, false);
  });

  // --- filters and role colours ---

  const filter = () => {
    const severities = [...document.querySelectorAll("[data-show]:checked")].map((box) => box.dataset.show);
    const rule = $("rule")?.value;
    for (const note of notes) {
      note.hidden = !severities.includes(note.dataset.severity) || Boolean(rule && note.dataset.rule !== rule);
    }
    for (const element of marked) {
      const off = numbersOf(element).every((number) => notes[number - 1].hidden);
      element.matches("a") ? (element.hidden = off) : element.classList.toggle("off", off);
    }
    place();
    tell();
  };
  for (const box of document.querySelectorAll("[data-show], #rule")) box.addEventListener("change", filter);

  for (const box of document.querySelectorAll("[data-role]")) {
    const colour = () => {
      box.checked
        ? root.style.removeProperty(`--role-${box.dataset.role}`)
        : root.style.setProperty(`--role-${box.dataset.role}`, "transparent");
    };
    box.addEventListener("change", colour);
    colour();
  }
  const names = new Map([...document.querySelectorAll(".roles label")].map((label) => [
    label.querySelector("i").className, label.querySelector("span").textContent,
  ]));
  document.querySelector(".doc").addEventListener("mouseover", (event) => {
    const role = [...event.target.classList].find((name) => names.has(name));
    if (role) event.target.title = names.get(role);
  });

  // --- words by their place: characters of the report's text, which a page may hold twice as long ---

  const rangeOf = (paragraph, start, end) => {
    const range = new Range();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let at = Number(paragraph.dataset.start);
    let begun = false;
    while (walker.nextNode()) {
      let unit = 0;
      for (const character of walker.currentNode.data) {
        if (at === start) { range.setStart(walker.currentNode, unit); begun = true; }
        unit += character.length;
        at += 1;
        if (begun && at === end) { range.setEnd(walker.currentNode, unit); return range; }
      }
    }
    if (begun) range.setEndAfter(paragraph.lastChild); // goes on in the next paragraph
    return begun ? range : null;
  };

  const show = (paragraph, at) => {
    const range = rangeOf(paragraph, ...at.split("-").map(Number));
    if (range && window.Highlight) CSS.highlights.set("at", new Highlight(range));
    const box = (range || paragraph).getBoundingClientRect();
    scrollTo({ top: scrollY + box.top - innerHeight / 3 });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-at]");
    if (!link) return;
    const paragraph = $(link.hash.slice(1));
    event.preventDefault();
    history.pushState(null, "", `#at-${link.dataset.at}`);
    show(paragraph, link.dataset.at);
  });

  const follow = () => {
    const [, at, start] = location.hash.match(/^#at-((\d+)-\d+)$/) || [];
    const noted = location.hash.match(/^#(?:n(\d+)|f(\d+)(?:-\d+)?)$/);
    if (at) {
      const paragraphs = [...document.querySelectorAll(".doc [data-start]")];
      const paragraph = paragraphs.findLast((each) => Number(each.dataset.start) <= Number(start)) || paragraphs[0];
      if (paragraph) show(paragraph, at);
    } else if (noted) {
      const note = notes[(noted[1] || noted[2]) - 1];
      if (note) select(note, false);
    } else if (location.hash.startsWith("#rule-")) {
      const note = $(location.hash.slice(1))?.closest(".note");
      if (note) select(note);
    }
  };
  addEventListener("hashchange", follow);

  // --- keys and buttons ---

  const help = $("help");
  $("ask").addEventListener("click", () => help.showModal());
  $("print").addEventListener("click", () => print());
  for (const link of document.querySelectorAll(".side a")) {
    link.addEventListener("click", () => { $("menu").checked = false; });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    const by = { n: 1, j: 1, p: -1, k: -1 }[event.key.toLowerCase()];
    if (by) step(by);
    else if (event.key === "?" || event.key === "？") help.showModal();
    else return;
    event.preventDefault();
  });

  let width = innerWidth;
  addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; place(); } });
  filter();
  addEventListener("load", () => requestAnimationFrame(follow)); // after the browser went there by itself
})();
