// Everything works without this; it only lights up the words of a statement and shows them before one goes there.
"use strict";
(() => {
  const marksOf = (label) => document.querySelectorAll(`mark[data-labels~="${CSS.escape(label)}"]`);
  const labelOf = (address) => (/^#(?:in|statement)-([A-Z]+\d+)$/.exec(address) || [])[1];

  const light = (label, on) => marksOf(label).forEach((mark) => mark.classList.toggle("lit", on));

  let held;
  const arrive = () => {
    if (held) light(held, false);
    held = labelOf(location.hash);
    if (held) light(held, true);
    let place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (; place; place = place.parentElement) if (place instanceof HTMLDetailsElement) place.open = true;
  };
  addEventListener("hashchange", arrive);
  arrive();

  const preview = document.createElement("div");
  preview.className = "preview";
  preview.setAttribute("aria-hidden", "true");
  preview.hidden = true;
  document.body.append(preview);

  const show = (link) => {
    const label = labelOf(link.hash);
    if (label && label !== held) light(label, true);
    if (!link.dataset.words) return;
    preview.textContent = link.dataset.words;
    preview.hidden = false;
    const at = link.getBoundingClientRect(), size = preview.getBoundingClientRect();
    const above = at.bottom + size.height + 12 > innerHeight;
    preview.style.left = `${Math.max(12, Math.min(at.left, innerWidth - size.width - 12))}px`;
    preview.style.top = `${above ? Math.max(8, at.top - size.height - 8) : at.bottom + 8}px`;
  };
  const hide = (link) => {
    const label = labelOf(link.hash);
    if (label && label !== held) light(label, false);
    preview.hidden = true;
  };
  for (const link of document.querySelectorAll("a.chip, a.ref")) {
    for (const event of ["mouseenter", "focus"]) link.addEventListener(event, () => show(link));
    for (const event of ["mouseleave", "blur"]) link.addEventListener(event, () => hide(link));
  }
  addEventListener("keydown", (event) => { if (event.key === "Escape") preview.hidden = true; });

  addEventListener("beforeprint", () => document.querySelectorAll("details.statements, details.chapter").forEach((d) => { d.open = true; }));
})();
