// Charts and calendars drawn in the browser from the JSON beside them; the same numbers stand in a table or a list without scripts.
(() => {
  "use strict";
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const dataOf = (place) => JSON.parse(document.getElementById(place.dataset.from).textContent);

  const drawChart = (place) => {
    const { labels, series } = dataOf(place);
    const chart = window.echarts.init(place, null, { renderer: "svg", locale: "RU" });
    const draw = () => {
      const soft = colour("--vk-soft");
      chart.setOption({
        animation: false,
        aria: { enabled: true, decal: { show: true } },
        textStyle: { fontFamily: colour("--vk-sans") },
        color: ["--vk-accent", "--vk-waiting", "--vk-good", "--vk-attention"].map(colour),
        tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: colour("--vk-paper"), textStyle: { color: colour("--vk-ink") } },
        legend: { bottom: 0, textStyle: { color: colour("--vk-ink") } },
        grid: { left: 52, right: 12, top: 16, bottom: 56 },
        xAxis: { type: "category", data: labels, axisLabel: { color: soft }, axisLine: { lineStyle: { color: soft } } },
        yAxis: { type: "value", axisLabel: { color: soft }, splitLine: { lineStyle: { color: colour("--vk-line") } } },
        series: series.map(({ name, kind, values }) => ({ name, type: kind, data: values })),
      });
    };
    draw();
    new ResizeObserver(() => chart.resize()).observe(place);
    new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  };

  const drawCalendar = (place) => {
    const { plugins, locale, Calendar } = window.FullCalendar;
    if (window.matchMedia("(max-width: 760px)").matches) return; // the list from the server suits a phone better
    place.replaceChildren();
    new Calendar(place, {
      plugins,
      locale,
      events: dataOf(place),
      initialDate: place.dataset.day,
      initialView: "dayGridMonth",
      height: "auto",
      dayMaxEvents: 4,
      headerToolbar: { start: "title", center: "", end: "prev,next" },
      // what is written in a cell is what is heard: names of days, and the events of a day rather than its date alone
      dayHeaderDidMount: ({ el }) => el.querySelector("[aria-hidden]")?.removeAttribute("aria-hidden"),
      dayCellDidMount: ({ el }) => el.removeAttribute("aria-label"),
    }).render();
  };

  const drawAll = (root) => {
    for (const place of root.querySelectorAll("[data-chart]:not([data-drawn]), [data-calendar]:not([data-drawn])")) {
      place.dataset.drawn = "yes";
      (place.hasAttribute("data-chart") ? drawChart : drawCalendar)(place);
    }
  };
  drawAll(document);
  document.addEventListener("htmx:load", (event) => drawAll(event.detail.elt.parentElement ?? document));
})();
