// The review of a draft: where a measure stands in its document is shown without leaving the measure. Without scripts the same links jump there.
(() => {
  "use strict";
  const desk = document.querySelector("[data-review]");
  if (!desk) return;
  const source = document.getElementById("source");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const forget = () => {
    for (const each of document.querySelectorAll(".rv-now, .rv-now-cell")) each.classList.remove("rv-now", "rv-now-cell");
  };

  const show = (cited, column) => {
    const rows = cited.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
    forget();
    const marks = [];
    for (const row of rows) {
      row.classList.add("rv-now");
      const mark = source.querySelector(`[data-row="${row.id}"]`);
      if (mark) marks.push(mark);
      mark?.classList.add("rv-now");
      if (column) row.querySelector(`td[data-column="${column}"]`)?.classList.add("rv-now-cell");
    }
    if (!rows.length) return;
    const first = marks[0] || rows[0];
    const far = first.getBoundingClientRect().top - source.getBoundingClientRect().top;
    const sticky = getComputedStyle(source).position === "sticky";
    if (sticky) source.scrollBy({ top: far - 90, behavior: calm.matches ? "auto" : "smooth" });
    else first.scrollIntoView({ block: "center" });
  };

  // A link to the place, or any field of a measure: its rows light up, and the field's own cell.
  desk.addEventListener("click", (event) => {
    const link = event.target.closest("[data-cited]");
    const measure = event.target.closest(".rv-measure");
    if (link) event.preventDefault();
    if (!measure || (!link && event.target.closest("a, button, input, select, textarea, summary, label"))) return;
    const cited = (link || measure.querySelector("[data-cited]"))?.dataset.cited;
    if (!cited) return;
    show(cited, event.target.closest("[data-column]")?.dataset.column || "");
    measure.classList.add("rv-now");
  });

  // An editor that opens shows its place too, and takes the focus.
  document.addEventListener("htmx:afterSwap", (event) => {
    const measure = event.detail.target;
    if (!measure.classList?.contains("rv-measure")) return;
    const cited = measure.querySelector("[data-cited]")?.dataset.cited;
    if (cited) show(cited, "");
    const first = measure.querySelector("[data-editor] textarea") || measure.querySelector(".rv-tools a");
    if (first && !measure.querySelector("[aria-invalid=true], .is-invalid")) first.focus({ preventScroll: true });
  });
})();
