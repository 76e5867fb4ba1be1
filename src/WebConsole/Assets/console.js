// The console works without this file. It adds: live pages, logs that follow, copying, and keys.
"use strict";

(() => {
  const main = () => document.getElementById("main");
  const live = document.getElementById("live");
  let source = null, loading = false, again = false;

  // Makes one tree like another and keeps what is equal, so that focus, selection and scroll places stay.
  function morph(from, to) {
    if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName) { from.replaceWith(to); return; }
    if (from.nodeType !== Node.ELEMENT_NODE) { if (from.data !== to.data) from.data = to.data; return; }
    if (from.hasAttribute("data-keep") && to.hasAttribute("data-keep")) { copyData(from, to); return; }
    for (const { name } of [...from.attributes]) if (!to.hasAttribute(name) && !(from.nodeName === "DETAILS" && name === "open")) from.removeAttribute(name);
    for (const { name, value } of [...to.attributes]) if (from.getAttribute(name) !== value && !(from.nodeName === "DETAILS" && name === "open")) from.setAttribute(name, value);
    if (from.nodeName === "INPUT" || from.nodeName === "TEXTAREA" || from.nodeName === "SELECT") return;
    const keyed = new Map();
    for (const child of from.children) if (child.id || child.dataset.key) keyed.set(child.id || child.dataset.key, child);
    let at = from.firstChild;
    for (const wanted of [...to.childNodes]) {
      const key = wanted.nodeType === Node.ELEMENT_NODE && (wanted.id || wanted.dataset.key);
      const known = key ? keyed.get(key) : null;
      if (known && known !== at) { from.insertBefore(known, at); morph(known, wanted); continue; }
      if (!at || (key && !known)) { from.insertBefore(wanted, at); continue; }
      const next = at.nextSibling;
      morph(at, wanted);
      at = next;
    }
    while (at) { const next = at.nextSibling; at.remove(); at = next; }
  }

  function copyData(from, to) { for (const name in to.dataset) from.dataset[name] = to.dataset[name]; }

  async function refresh() {
    if (loading) { again = true; return; }
    loading = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const wanted = page.getElementById("main");
      if (!wanted || document.activeElement?.closest("[data-busy]")) return;
      keepChecked(wanted);
      wanted.querySelector(".notice")?.remove();
      const notice = main().querySelector(".notice");
      if (notice) wanted.prepend(notice.cloneNode(true));
      morph(main(), wanted);
      enhance();
    } catch { /* The server is away; the stream says so and tries again. */ }
    finally { loading = false; if (again) { again = false; refresh(); } }
  }

  function keepChecked(wanted) {
    for (const box of main().querySelectorAll("input[type=checkbox]:checked")) {
      const same = wanted.querySelector(`input[type=checkbox][value="${CSS.escape(box.value)}"]`);
      if (same) same.checked = true;
    }
  }

  function follow() {
    const address = main()?.dataset.events;
    if (!address || source || document.hidden) return;
    source = new EventSource(address);
    source.addEventListener("open", () => say("Live", false));
    source.addEventListener("changed", refresh);
    source.addEventListener("done", () => { refresh(); stop(); say("", true); });
    source.addEventListener("error", () => say("Not connected; trying again", false));
  }

  function stop() { source?.close(); source = null; }

  function say(text, hidden) { if (live) { live.textContent = text; live.hidden = hidden; } }

  // The log's text comes through the API, which goes on until the job has ended.
  async function followLog() {
    const log = document.getElementById("log");
    if (!log?.dataset.follow || log.following) return;
    log.following = true;
    try {
      const answer = await fetch(log.dataset.follow, { headers: { "Ptune-Tenant": log.dataset.tenant }, credentials: "same-origin" });
      if (!answer.ok || !answer.body) return;
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        text = (text + value).slice(-200000);
        const stays = log.scrollTop + log.clientHeight >= log.scrollHeight - 24;
        log.textContent = text;
        if (stays) log.scrollTop = log.scrollHeight;
      }
    } catch { log.following = false; }
  }

  function enhance() {
    document.documentElement.classList.add("scripted");
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
    followLog();
  }

  document.addEventListener("click", async event => {
    const copy = event.target.closest?.("[data-copy]");
    if (copy) {
      await navigator.clipboard.writeText(copy.dataset.copy);
      const text = copy.textContent;
      copy.textContent = "Copied";
      setTimeout(() => { copy.textContent = text; }, 1500);
    }
    const all = event.target.closest?.("[data-all]");
    if (all) for (const box of all.closest("form").querySelectorAll("input[type=checkbox][name=id]")) box.checked = all.checked;
  });

  document.addEventListener("change", event => { if (event.target.matches?.("[data-submit]")) event.target.form.requestSubmit(); });

  const places = { o: "/", j: "/jobs", s: "/studies", w: "/workers", m: "/models" };
  let afterG = false;
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
    if (event.key === "/") { event.preventDefault(); document.getElementById("find")?.focus(); }
    else if (afterG && places[event.key]) location.href = places[event.key];
    afterG = event.key === "g";
  });

  // A browser has few connections to one server: hidden pages give theirs back.
  document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); else { if (main()?.dataset.events) refresh(); follow(); } });

  // On a narrow screen the pages are a strip that scrolls: the one that is shown is brought into sight.
  const here = document.querySelector(".pages [aria-current]"), strip = here?.parentElement;
  if (strip && strip.scrollWidth > strip.clientWidth) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;

  enhance();
  follow();
})();
