// A figure shows its quote in a dialog; without scripts it leads to the appendix of quotes.
(() => {
  const dialog = document.getElementById("source");
  const inside = dialog.querySelector("div");

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.figure");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const found = document.getElementById(link.hash.slice(1));
    if (!found) return;
    event.preventDefault();
    const shown = found.cloneNode(true);
    shown.removeAttribute("id");
    inside.replaceChildren(shown);
    dialog.showModal();
    dialog.querySelector("button").focus();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside it
  });

  // A link to a pair of reports opens it.
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const closed = target?.closest("details");
    if (closed) closed.open = true;
    if (closed) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
})();
