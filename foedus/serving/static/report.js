// Everything works without this; it shows a statement where its words are, on hover, focus or tap, and lights up all its words.
const notes = new Map([...document.querySelectorAll(".note")].map((note) => [note.dataset.label, note]));
const marks = [...document.querySelectorAll("mark[data-labels]")];
const labelsOf = (mark) => mark.dataset.labels.split(" ").filter(Boolean);
const marksOf = (label) => marks.filter((mark) => labelsOf(mark).includes(label));
const light = (label, on) => {
  marksOf(label).forEach((mark) => mark.classList.toggle("lit", on));
  notes.get(label)?.classList.toggle("lit", on);
};

const card = document.createElement("div");
card.className = "note-card";
card.setAttribute("role", "status");
card.hidden = true;
document.body.append(card);
let shown = [];

const summary = (label) => {
  const note = notes.get(label), part = document.createElement("section");
  for (const selector of [".note-head", ".note-says", ".read-by"]) {
    const found = note.querySelector(selector);
    if (found) part.append(found.cloneNode(true));
  }
  part.className = note.className;
  part.classList.remove("lit");
  return part;
};
const place = (box) => {
  if (matchMedia("(max-width: 40rem)").matches) { card.style.left = card.style.top = ""; return; }
  const size = card.getBoundingClientRect(), below = box.bottom + size.height + 12 < innerHeight;
  card.style.left = `${Math.max(12, Math.min(box.left, innerWidth - size.width - 12))}px`;
  card.style.top = `${below ? box.bottom + 8 : Math.max(8, box.top - size.height - 8)}px`;
};
const show = (labels, box) => {
  hide();
  shown = labels.filter((label) => notes.has(label));
  if (!shown.length) return;
  shown.forEach((label) => light(label, true));
  card.replaceChildren(...shown.slice(0, 4).map(summary));
  card.hidden = false;
  place(box);
};
const hide = () => {
  shown.forEach((label) => light(label, false));
  shown = [];
  card.hidden = true;
};

let waiting;
for (const mark of marks) {
  mark.addEventListener("mouseenter", () => { clearTimeout(waiting); waiting = setTimeout(() => show(labelsOf(mark), mark.getClientRects()[0]), 90); });
  mark.addEventListener("mouseleave", () => { clearTimeout(waiting); hide(); });
  mark.addEventListener("click", () => show(labelsOf(mark), mark.getClientRects()[0]));
}
for (const link of document.querySelectorAll("a.ref, .note a.chip")) {
  const arrive = () => show([link.dataset.label], link.getBoundingClientRect());
  if (link.classList.contains("ref")) {
    link.addEventListener("mouseenter", arrive);
    link.addEventListener("focus", arrive);
    link.addEventListener("mouseleave", hide);
    link.addEventListener("blur", hide);
  } else {
    for (const event of ["mouseenter", "focus"]) link.addEventListener(event, () => light(link.dataset.label, true));
    for (const event of ["mouseleave", "blur"]) link.addEventListener(event, () => light(link.dataset.label, false));
  }
}
addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
document.addEventListener("click", (event) => { if (!event.target.closest("mark, .note-card, a.ref")) hide(); });

let held;
const arrived = () => {
  if (held) light(held, false);
  const id = decodeURIComponent(location.hash.slice(1)), note = document.getElementById(id);
  held = note?.dataset.label;
  if (held) light(held, true);
};
addEventListener("hashchange", arrived);
arrived();
