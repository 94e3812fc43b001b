// Runs before the page is drawn, so that nobody sees it change colours. Without scripts the chosen theme still comes from the server.
(() => {
  "use strict";
  const page = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    if (page.dataset.theme !== "auto") return;
    if (dark.matches) page.setAttribute("data-bs-theme", "dark");
    else page.removeAttribute("data-bs-theme");
  };
  follow();
  dark.addEventListener("change", follow);
})();
