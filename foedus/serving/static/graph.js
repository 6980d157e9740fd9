// Lights up the part of a graph that belongs to an answer or a state; everything the graph shows is told in the answers below it.
const graph = document.querySelector(".duty-graph .drawing");
if (graph) {
  const arrows = [...graph.querySelectorAll(".arrow[data-answer]")], parties = [...graph.querySelectorAll(".party")];
  const answers = new Map([...document.querySelectorAll(".answer[data-answer]")].map((answer) => [answer.dataset.answer, answer]));
  const ends = (arrow) => (arrow.querySelector("title")?.textContent ?? "").split(":")[0].split(" toward ");
  const named = (party) => party.querySelector("title").textContent;
  const light = (chosen) => {
    graph.classList.toggle("searching", chosen.length > 0);
    arrows.forEach((arrow) => arrow.classList.toggle("lit", chosen.includes(arrow)));
    const names = chosen.flatMap(ends);
    parties.forEach((party) => party.classList.toggle("lit", names.includes(named(party))));
    answers.forEach((answer, id) => answer.classList.toggle("lit", chosen.some((arrow) => arrow.dataset.answer === id)));
  };
  for (const arrow of arrows) {
    arrow.addEventListener("mouseenter", () => light([arrow]));
    arrow.addEventListener("mouseleave", () => light([]));
    arrow.addEventListener("click", () => answers.get(arrow.dataset.answer)?.scrollIntoView({ block: "center" }));
  }
  for (const party of parties) {
    party.addEventListener("mouseenter", () => light(arrows.filter((arrow) => ends(arrow).includes(named(party)))));
    party.addEventListener("mouseleave", () => light([]));
  }
  for (const [id, answer] of answers) {
    for (const event of ["mouseenter", "focusin"]) answer.addEventListener(event, () => light(arrows.filter((arrow) => arrow.dataset.answer === id)));
    for (const event of ["mouseleave", "focusout"]) answer.addEventListener(event, () => light([]));
  }
}
