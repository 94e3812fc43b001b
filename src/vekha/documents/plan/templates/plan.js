"use strict";
(function () {
  var SVG = "http://www.w3.org/2000/svg";
  var now = new Date();
  var today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  function utc(iso) { return Date.parse(iso + "T00:00:00Z"); }

  document.querySelectorAll("svg.chart").forEach(function (chart) {
    if (today < utc(chart.dataset.first) || today > utc(chart.dataset.last)) { return; }
    var days = (today - utc(chart.dataset.first)) / 86400000 + 0.5;
    var x = Number(chart.dataset.left) + days * Number(chart.dataset.step);
    var line = document.createElementNS(SVG, "path");
    line.setAttribute("class", "today");
    line.setAttribute("d", "M" + x + " 24V" + chart.viewBox.baseVal.height);
    var title = document.createElementNS(SVG, "title");
    title.textContent = "сегодня";
    line.appendChild(title);
    chart.appendChild(line);
  });

  document.querySelectorAll("ul.days time").forEach(function (time) {
    if (utc(time.dateTime) < today) { time.parentNode.classList.add("past"); }
  });

  var rows = Array.prototype.slice.call(document.querySelectorAll("table.measures tbody tr[id]"));
  var list = document.querySelector("nav.contents ul");
  if (rows.length < 2 || !list) { return; }
  var item = document.createElement("li");
  item.className = "search";
  var field = document.createElement("input");
  field.type = "search";
  field.placeholder = "Найти мероприятие или ответственного";
  field.setAttribute("aria-label", field.placeholder);
  var found = document.createElement("span");
  found.className = "found";
  found.setAttribute("role", "status");
  item.appendChild(field);
  item.appendChild(found);
  list.appendChild(item);
  function plain(text) { return text.toLowerCase().replace(/ё/g, "е").replace(/\s+/g, " "); }
  field.addEventListener("input", function () {
    var words = plain(field.value).split(" ").filter(Boolean);
    var shown = 0;
    rows.forEach(function (row) {
      var text = plain(row.textContent);
      row.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
      shown += row.hidden ? 0 : 1;
    });
    found.textContent = words.length ? "показано " + shown + " из " + rows.length : "";
  });
}());
