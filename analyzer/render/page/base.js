// What all pages share: whether scripts run, and the switch between light and dark, kept where the browser allows.
(() => {
  const root = document.documentElement;
  const kept = {
    get: () => { try { return localStorage.getItem("theme"); } catch { return null; } },
    set: (theme) => { try { localStorage.setItem("theme", theme); } catch { /* a page without storage forgets */ } },
  };
  root.classList.add("scripts");
  if (["light", "dark"].includes(kept.get())) root.dataset.theme = kept.get();
  document.getElementById("theme")?.addEventListener("click", () => {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    root.dataset.theme = (root.dataset.theme || system) === "dark" ? "light" : "dark";
    kept.set(root.dataset.theme);
  });
  addEventListener("message", (event) => { // from the page of `analyzer serve` that frames this one
    if (event.source === parent && ["light", "dark"].includes(event.data?.theme)) root.dataset.theme = event.data.theme;
  });
})();
