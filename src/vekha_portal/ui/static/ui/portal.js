// What scripts add to pages that work without them: dialogs, menus that close, names of chosen files, no double sending, words for a lost connection.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);

  // Confirmations: a link to a page becomes a dialog when its region arrives.
  let opener = null;
  document.addEventListener("htmx:afterSwap", (event) => {
    const frame = byId("dialog-frame");
    if (!frame || event.detail.target.id !== "dialog" || frame.open) return;
    opener = event.detail.requestConfig.elt;
    frame.showModal();
    const first = frame.querySelector("textarea, input:not([type=hidden]), button");
    if (first) first.focus();
  });
  document.addEventListener("click", (event) => {
    const frame = byId("dialog-frame");
    if (!frame || !frame.open) return;
    if (event.target.closest("[data-close-dialog]") || event.target === frame) {
      event.preventDefault();
      frame.close();
    }
  });
  document.addEventListener("close", () => {
    byId("dialog").replaceChildren();
    if (opener) opener.focus();
    opener = null;
  }, true);

  // Menus: one open at a time; Escape or a click elsewhere closes it.
  const menus = () => document.querySelectorAll("details.vk-menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // A form that came back with errors begins at the first of them.
  const beginAtError = (root) => root.querySelector("[aria-invalid=true], .is-invalid:is(input, select, textarea)")?.focus();
  document.addEventListener("htmx:afterSettle", (event) => beginAtError(event.detail.target));
  if (performance.getEntriesByType("navigation")[0]?.responseStatus === 422) beginAtError(document);

  // Files: the input itself takes what is dropped; here its names are shown.
  const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} КБ` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} МБ`);
  document.addEventListener("change", (event) => {
    const zone = event.target.closest("[data-drop]");
    if (!zone || event.target.type !== "file") return;
    const lines = [...event.target.files].map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name}, ${size(file.size)}`;
      return line;
    });
    zone.querySelector("[data-chosen]").replaceChildren(...lines);
  });
  for (const [name, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(name, (event) => {
      const zone = event.target instanceof Element && event.target.closest("[data-drop]");
      if (zone) zone.classList.toggle("vk-drop-over", over);
    });
  }

  // A form is sent once, however often its button is pressed; a page returned to can be sent again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    }
  });

  // A request that failed says so where messages stand.
  const complain = (words) => {
    const line = document.createElement("div");
    line.className = "vk-alert vk-tone-bad";
    line.textContent = words;
    byId("messages")?.replaceChildren(line);
  };
  document.addEventListener("htmx:sendError", () => complain("Нет связи с сервером. Проверьте соединение и повторите."));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    complain(status === 403 ? "На это нет права, или страница устарела: обновите её и повторите." : `Не получилось (ответ ${status}). Обновите страницу и повторите.`);
  });
})();
