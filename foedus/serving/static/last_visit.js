// Offers what changed since this browser was here last; the day is kept here and sent only when the link is followed.
const KEY = "foedus-last-visit", today = new Date().toISOString().slice(0, 10);
let last = null;
try {
  const days = JSON.parse(localStorage.getItem(KEY) || "[]").filter((day) => /^\d{4}-\d\d-\d\d$/.test(day));
  last = days.filter((day) => day < today).at(-1) ?? null;
  localStorage.setItem(KEY, JSON.stringify([last, today].filter(Boolean)));
} catch { /* a browser that keeps nothing has no last visit */ }
const offer = document.querySelector(".last-visit");
if (last && offer) {
  const link = offer.querySelector("a");
  link.href = `/?since=${last}`;
  link.textContent = `Since your last visit, ${new Date(`${last}T12:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}`;
  offer.hidden = false;
}
