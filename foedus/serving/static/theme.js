// Colours: as the system has them, or always light, or always dark; remembered in this browser only.
const KEY = "foedus-colours";
const WORDS = { "": "as the system has them", light: "always light", dark: "always dark" };
const NEXT = { "": "light", light: "dark", dark: "" };

const chosen = () => { try { return localStorage.getItem(KEY) || ""; } catch { return ""; } };
const apply = (theme) => {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
};
apply(chosen());

const ready = () => {
  const button = document.querySelector("button.theme");
  if (!button) return;
  const name = () => button.setAttribute("aria-label", `Colours: ${WORDS[chosen()]}`);
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    const theme = NEXT[chosen()];
    try { localStorage.setItem(KEY, theme); } catch { /* a browser that keeps nothing still changes this page */ }
    apply(theme);
    name();
  });
};
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
else ready();
