// What the keyboard and a selection do on the review page. Everything here is also a plain form: without this file it all still works.
"use strict";

(function () {
  const items = () => Array.from(document.querySelectorAll(".items .item[tabindex]"));
  const current = () => document.activeElement && document.activeElement.closest(".items .item[tabindex]");

  function go(step) {
    const all = items();
    if (!all.length) return;
    const at = all.indexOf(current());
    all[Math.min(Math.max(at + step, 0), all.length - 1)].focus();
  }

  function press(key) {
    const item = current();
    const target = item && item.querySelector(`[data-key="${key}"]`);
    if (!target) return;
    if (key === "g") target.focus();
    else target.click();
  }

  function follow(id) {
    const link = document.getElementById(id);
    if (link) link.click();
  }

  // Single letters work only while the focus is inside the list (WCAG 2.1.4), and never while somebody types or chooses.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !current()) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
    const key = event.key.toLowerCase();
    const does = {
      j: () => go(1), k: () => go(-1), w: () => press("w"), t: () => press("t"), g: () => press("g"),
      o: () => press("o"), u: () => press("u"), n: () => follow("volgende-twijfel"), p: () => follow("beeld-inwoner"),
    }[key];
    if (does) { event.preventDefault(); does(); }
  });

  document.addEventListener("focusin", () => {
    document.querySelectorAll(".mark--now").forEach((mark) => mark.classList.remove("mark--now"));
    const item = current();
    const mark = item && document.getElementById(item.dataset.mark);
    if (mark) { mark.classList.add("mark--now"); mark.scrollIntoView({ block: "nearest" }); }
  });

  // After a decision the list is new: on to the item after the one that was decided.
  let at = -1;
  document.addEventListener("htmx:before:request", () => { at = items().indexOf(current()); });
  document.addEventListener("htmx:after:swap", () => {
    const all = items();
    if (at >= 0 && all.length) all[Math.min(at + 1, all.length - 1)].focus();
    at = -1;
  });

  // Selected words go into the form that withholds them, with the place where they stand.
  document.addEventListener("selectionchange", () => {
    const form = document.getElementById("aanwijzen");
    const chosen = document.getSelection();
    if (!form || !chosen || chosen.isCollapsed || !chosen.anchorNode) return;
    const from = chosen.getRangeAt(0).startContainer;
    const piece = from.parentElement && from.parentElement.closest("[data-start]");
    const field = piece && piece.closest("[data-place]");
    const words = chosen.toString();
    if (!field || !words.trim()) return;
    const lead = words.length - words.trimStart().length;
    form.open = true;
    form.querySelector("#place").value = field.dataset.place;
    form.querySelector("#words").value = words.trim();
    const before = Array.from(piece.textContent.slice(0, chosen.getRangeAt(0).startOffset + lead)).length;
    form.querySelector("#start").value = from.parentElement === piece ? String(Number(piece.dataset.start) + before) : "";
  });

  // A form that was sent is not sent again by a second click.
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("hx-post")) return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "yes";
    window.setTimeout(() => { delete event.target.dataset.sent; }, 4000);
  });
})();
