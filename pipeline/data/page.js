"use strict";
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const HANT = 0, HANS = 1, EN = 2;  // languages of terms, which are [text, language, type, status, source, confidence]
const SCRIPTS = ["zh-Hant", "zh-Hans", "en"];
const PAGE = 60;  // concepts that are put into the page at a time

/* Elements: text is only ever put in as text nodes. */
function h(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") element.className = value;
    else if (key === "on") for (const [event, f] of Object.entries(value)) element.addEventListener(event, f);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false && c !== ""));
  return element;
}
const t = (text, lang, cls) => h("span", {class: cls ? `t ${cls}` : "t", lang}, text);
const number = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many || `${one}s`}`;

/* Folding: what is Traditional becomes Simplified, as the two forms of each concept show; accents and case go. */
const simplified = new Map();
for (const c of data.concepts) {
  const of = (language) => c.terms.filter((x) => x[1] === language && x[2] === "full form").map((x) => [...x[0]]);
  const [hant] = of(HANT), [hans] = of(HANS);
  if (hant && hans && hant.length === hans.length) {
    hant.forEach((char, k) => { if (char !== hans[k] && !simplified.has(char)) simplified.set(char, hans[k]); });
  }
}
for (const report of data.reports) {
  for (const [, , pieces] of report.paragraphs) {
    for (const [hant, hans] of pieces) {
      if (!hans) continue;
      const other = [...hans];
      [...hant].forEach((char, k) => { if (char !== other[k] && !simplified.has(char)) simplified.set(char, other[k]); });
    }
  }
}
const fold = (text) => Array.from(text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, ""), (c) => simplified.get(c) || c).join("");

/* The concepts, with what is searched and what can be decided: one line for each rendering, or one where there is none. */
data.concepts.forEach((c, k) => {
  c.index = k;
  c.confidence = c.confidence || 0;
  c.mentions = c.mentions || 0;
  for (const field of ["documents", "evidence", "conflicts", "notes"]) c[field] = c[field] || [];
  c.names = c.terms.map((x) => fold(x[0]));
  c.words = [...c.names, ...[c.role, c.affiliation, ...c.notes].filter(Boolean).map(fold)].join("\n");
  const renderings = c.terms.filter((x) => x[1] === EN && x[2] === "full form");
  c.lines = (renderings.length ? renderings : [null]).map((term) => (
    {concept: c, term, id: `${c.id}\t${term ? term[0] : ""}`, status: term ? term[3] : c.status}));
});
const text = (c, language, ...types) => (c.terms.find((x) => x[1] === language && types.includes(x[2])) || [""])[0];
const nameOf = (c) => text(c, HANT, "full form") || text(c, EN, "full form") || (c.terms[0] || [""])[0];
const lineOf = new Map(data.concepts.flatMap((c) => c.lines.map((line) => [line.id, line])));

/* Decisions: kept by the browser until they are saved or discarded. */
const STORE = `duizhao decisions ${location.pathname}`;
const decisions = new Map();
const DECIDED = {approve: "approved", reject: "rejected"};
try {
  for (const [id, verb] of JSON.parse(localStorage.getItem(STORE) || "[]")) {
    if (lineOf.has(id) && DECIDED[verb] && lineOf.get(id).status !== DECIDED[verb]) decisions.set(id, verb);
  }
} catch { /* a browser that keeps nothing */ }

function decide(line, verb) {
  if (decisions.get(line.id) === verb || line.status === DECIDED[verb]) decisions.delete(line.id);
  else decisions.set(line.id, verb);
  for (const tick of document.querySelectorAll(".tick")) if (tick.line === line) press(tick);
  keep();
}
function press(tick) {
  const decided = decisions.get(tick.line.id);
  tick.setAttribute("aria-pressed", String(decided ? decided === tick.verb : tick.line.status === DECIDED[tick.verb]));
}
function keep() {
  try { localStorage.setItem(STORE, JSON.stringify([...decisions])); } catch { /* as above */ }
  $("decisions").hidden = !decisions.size;
  $("decided").textContent = number(decisions.size, "decision");
}
/* A cell that no spreadsheet takes for a formula, as in glossary.csv. */
const cell = (value) => {
  const guarded = /^\s*[=+\-@\t\r＝＋－＠]|^'/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll("\"", "\"\"")}"` : guarded;
};
function csv() {
  const rows = [["id", "zh-Hant", "en", "acronym", "status"]];
  for (const [id, verb] of decisions) {
    const {concept, term} = lineOf.get(id);
    rows.push([concept.id, text(concept, HANT, "full form"), term ? term[0] : "", text(concept, EN, "acronym"), DECIDED[verb]]);
  }
  return "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}
$("save").addEventListener("click", () => {
  const url = URL.createObjectURL(new Blob([csv()], {type: "text/csv"}));
  h("a", {href: url, download: "decisions.csv"}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
});
$("forget").addEventListener("click", () => {
  if (!confirm(`Discard ${number(decisions.size, "decision")}?`)) return;
  decisions.clear();
  document.querySelectorAll(".tick").forEach(press);
  keep();
});

/* Filters */
const scripts = {terms: "hant", reports: innerWidth > 700 ? "both" : "hant"};  // each view has its own
let view = "terms";
const script = () => scripts[view];
const CONFIDENCE = [["", "any"], ["0.9-", "0.9 and above"], ["0.7-0.9", "0.7 to 0.9"], ["0.5-0.7", "0.5 to 0.7"], ["-0.5", "below 0.5"]];
const within = (c, range) => {
  const [low, high] = range.split("-");
  return c.confidence >= Number(low || 0) && (!high || c.confidence < Number(high));
};
const tally = (f) => data.concepts.reduce((n, c) => { for (const k of [f(c)].flat()) n.set(k, (n.get(k) || 0) + 1); return n; }, new Map());
const conflicts = tally((c) => c.conflicts.map(([kind]) => kind)), kinds = tally((c) => c.kind), statuses = tally((c) => c.status), documents = tally((c) => c.documents);
const options = (id, pairs) => $(id).replaceChildren(...pairs.map(([value, label]) => h("option", {value}, label)));
options("kind", [["", "any"], ...data.kinds.filter((k) => kinds.get(k)).map((k) => [k, `${k} (${kinds.get(k)})`])]);
options("status", [["", "any"], ...data.statuses.filter((s) => statuses.get(s)).map((s) => [s, `${s} (${statuses.get(s)})`])]);
options("confidence", CONFIDENCE);
options("document", [["", "any"], ...data.documents.map((name, k) => [String(k), `${name} (${documents.get(k) || 0})`])]);
const FIELDS = ["kind", "status", "confidence", "document"], BOXES = ["conflicts", "undecided"];

let found = [], shown = 0, only = null;
function search() {
  const asked = fold($("search").value.trim()), words = asked.split(/\s+/).filter(Boolean);
  const [kind, status, confidence, report] = FIELDS.map((id) => $(id).value);
  const [conflicts, undecided] = BOXES.map((id) => $(id).checked);
  const ranks = [[], [], []];
  for (const c of data.concepts) {
    if (only !== null && c.index !== only) continue;
    if (kind && c.kind !== kind) continue;
    if (status && c.status !== status && !c.lines.some((line) => line.status === status)) continue;
    if (confidence && !within(c, confidence)) continue;
    if (report && !c.documents.includes(Number(report))) continue;
    if (conflicts && !c.conflicts.length) continue;
    if (undecided && !c.lines.some((line) => !decisions.has(line.id) && ["proposed", "uncertain"].includes(line.status))) continue;
    if (!words.every((word) => c.words.includes(word))) continue;
    ranks[!asked || c.names.includes(asked) ? 0 : c.names.some((name) => name.startsWith(asked)) ? 1 : 2].push(c);
  }
  found = ranks.flat();
  shown = 0;
  $("list").replaceChildren();
  show(PAGE);
  $("count").textContent = found.length === data.concepts.length ? number(found.length, "concept")
    : `${found.length.toLocaleString("en")} of ${number(data.concepts.length, "concept")}`;
  $("clear").hidden = !(asked || kind || status || confidence || report || conflicts || undecided || only !== null);
}
function show(count) {
  const next = found.slice(shown, shown + count);
  $("list").append(...next.map(row));
  shown += next.length;
  $("more").hidden = shown >= found.length;
}
function clear() {
  $("search").value = "";
  for (const id of FIELDS) $(id).value = "";
  for (const id of BOXES) $(id).checked = false;
  if (only !== null) { only = null; history.replaceState(null, "", "#glossary"); }
  search();
}

/* A concept in the list */
function both(c) {
  const hant = text(c, HANT, "full form"), hans = text(c, HANS, "full form"), chosen = script();
  const first = chosen === "hans" ? [hans || hant, SCRIPTS[HANS]] : [hant || hans, SCRIPTS[HANT]];
  return [first, chosen === "both" && hans && hans !== hant ? [hans, SCRIPTS[HANS]] : null];
}
function row(c) {
  const [first, second] = both(c), name = first[0] ? first : [nameOf(c), SCRIPTS[EN]];
  const item = h("li", {id: c.id, tabindex: "0", class: c.status});
  item.concept = c;
  item.append(h("div", {class: "row"},
    h("div", {class: "zh"}, h("button", {type: "button", "aria-expanded": "false", on: {click: () => open(item)}}, t(name[0], name[1])),
      second && t(second[0], second[1], "second")),
    h("div", {}, c.lines.map(rendering)),
    h("div", {class: "meta"}, h("span", {}, c.kind), h("span", {class: c.status}, c.unsupported ? `${c.status}, unsupported` : c.status),
      h("span", {title: "confidence"}, meter(c.confidence), ` ${c.confidence.toFixed(2)}`),
      h("span", {}, number(c.mentions, "place")),
      c.conflicts.length > 0 && h("span", {class: "conflict"}, number(c.conflicts.length, "conflict")))));
  if ($("conflicts").checked) item.append(...c.conflicts.map(conflict));
  return item;
}
function conflict([kind, message, others]) {
  return h("p", {class: "conflict"}, `${kind}: `, t(message), others.flatMap((k) => [
    " · ", h("a", {href: `#${data.concepts[k].id}`}, nameOf(data.concepts[k]))]));
}
function rendering(line) {
  const {concept: c, term} = line, acronym = line === c.lines[0] ? text(c, EN, "acronym") : "";
  const own = both(c)[0][0];  // without Chinese, the English is the name of the row already
  const said = term && own ? term[0] + (acronym && ` (${acronym})`) : acronym === nameOf(c) ? "" : acronym;
  return h("div", {class: `rendering ${term && term[3] !== c.status ? term[3] : ""}`},
    said ? h("span", {class: "t", lang: "en"}, said) : h("span", {class: "t none"}, own ? "no English found" : "no Chinese found"),
    tick(line, "approve", "✓"), tick(line, "reject", "✗"));
}
function tick(line, verb, sign) {
  const button = h("button", {type: "button", class: `tick ${verb}`, title: verb,
    "aria-label": `${verb} ${nameOf(line.concept)}${line.term ? `: ${line.term[0]}` : ""}`, on: {click: () => decide(line, verb)}}, sign);
  Object.assign(button, {line, verb});
  press(button);
  return button;
}
function meter(share) {
  const bar = h("i");
  bar.style.width = `${Math.round(share * 100)}%`;
  return h("span", {class: "meter"}, bar);
}
function open(item, wanted) {
  const opened = item.querySelector(".more");
  if (opened && wanted !== true) opened.remove();
  else if (!opened) item.append(details(item.concept));
  item.classList.toggle("open", Boolean(item.querySelector(".more")));
  item.querySelector(".zh button").setAttribute("aria-expanded", String(item.classList.contains("open")));
}
function details(c) {
  const forms = c.terms.map((x) => h("div", {class: x[3]}, t(x[0], SCRIPTS[x[1]]),
    h("small", {class: "meta"}, [SCRIPTS[x[1]], x[2], x[3], x[4] && x[4] !== "text" && `from ${x[4] === "parallel" ? "the English side" : x[4]}`].filter(Boolean).join(" · "))));
  const facts = [["Forms", forms], ["Role", c.role && [t(c.role)]], ["Affiliation", c.affiliation && [t(c.affiliation)]],
    ["Notes", c.notes.map((note) => h("div", {}, t(note)))], ["Reports", c.documents.map((k) => h("div", {}, source(k, 0, c)))]];
  return h("div", {class: "more"},
    !$("conflicts").checked && c.conflicts.map(conflict),
    h("dl", {}, facts.filter(([, value]) => value && value.length).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    c.evidence.map(([k, page, pieces, other]) => h("blockquote", {}, h("span", {class: "t", lang: "zh"}, pieces.map(marked)),
      h("cite", {}, source(k, page, c)), other && h("span", {class: "other", lang: "en"}, other[2].map(marked)),
      other && h("cite", {}, t(`${other[0]}, page ${other[1]}`)))));
}
function marked([part, mark]) {
  return mark ? h("mark", {class: mark === 2 ? "gloss" : undefined}, part) : part;
}
const reportOf = new Map(data.reports.map((report) => [report.name, report]));
function source(k, page, c) {
  const name = data.documents[k], said = `${name || "?"}${page ? `, page ${page}` : ""}`;
  return reportOf.has(name) ? h("a", {href: `#report=${encodeURIComponent(name)}&term=${c.id}`}, said) : t(said);
}

/* Overview */
function bars(title, rows, choose) {
  const most = Math.max(1, ...rows.map(([, n]) => n));
  return h("section", {}, h("h2", {}, title), rows.map(([label, n, value]) => {
    const bar = h("i", {hidden: !n});
    bar.style.width = `${100 * n / most}%`;
    return h("button", {type: "button", class: "bar", on: {click: () => choose(value)}}, h("span", {}, label), h("span", {}, bar), h("b", {}, String(n)));
  }));
}
const choose = (id) => (value) => { $(id).value = $(id).value === value ? "" : value; search(); };
$("charts").append(
  bars("Kind", data.kinds.filter((k) => kinds.get(k)).map((k) => [k, kinds.get(k), k]), choose("kind")),
  bars("Status", data.statuses.filter((s) => statuses.get(s)).map((s) => [s, statuses.get(s), s]), choose("status")),
  bars("Confidence", CONFIDENCE.slice(1).map(([range, label]) => [label, data.concepts.filter((c) => within(c, range)).length, range]),
    choose("confidence")));
if (conflicts.size) {
  $("charts").append(bars("To settle", [...conflicts], () => { $("conflicts").checked = !$("conflicts").checked; search(); }));
}
$("overview").open = innerWidth > 700;

/* Reports, side by side */
options("report", [...data.reports.map((r) => [r.name, r.title ? `${r.name} · ${r.title}` : r.name]), ...data.leftOut.map((n) => [n, `${n} (not in this page)`])]);
let reading = null;
function read(name, term) {
  const report = reportOf.get(name) || (reportOf.size && !data.leftOut.includes(name) ? data.reports[0] : null), chosen = script();
  $("text").className = chosen === "both" ? "" : "single";
  $("text").replaceChildren();
  reading = report && report.name;
  if (!report) {
    $("text").append(h("p", {}, "The text of this report is not in this page: there are too many for one file."));
    $("report-count").textContent = "";
    return;
  }
  $("report").value = report.name;
  const columns = chosen === "both" ? [HANT, HANS] : [chosen === "hans" ? HANS : HANT];
  if (columns.length > 1) $("text").append(...columns.map((k) => h("p", {class: "head"}, k === HANT ? "Traditional" : "Simplified")));
  let marks = 0;
  for (const [kind, level, pieces] of report.paragraphs) {
    for (const k of columns) {
      const name = kind === "heading" || kind === "title" ? (level > 1 ? "h3" : "h2") : "p";
      $("text").append(h(name, {lang: SCRIPTS[k], class: `t ${kind.replaceAll(" ", "-")}`}, pieces.map(([hant, hans, c]) => {
        const part = k === HANS && hans ? hans : hant;
        if (c === undefined) return part;
        if (k === columns[0]) marks += 1;
        const mark = h("mark", {tabindex: "0", "aria-describedby": "tip"}, part);
        mark.concept = data.concepts[c];
        return mark;
      })));
    }
  }
  $("report-count").textContent = `${number(marks, "term")} marked`;
  const first = term && [...$("text").querySelectorAll("mark")].find((mark) => mark.concept.id === term);
  if (first) {
    for (const mark of $("text").querySelectorAll("mark")) if (mark.concept.id === term) mark.classList.add("same");
    first.scrollIntoView({block: "center"});
  } else scrollTo(0, 0);
}
function tip(mark) {
  const c = mark.concept, english = c.terms.filter((x) => x[1] === EN).map((x) => x[0]);
  $("tip").replaceChildren(t(english.join(" · ") || "no English found", "en"),
    h("small", {}, [nameOf(c), c.kind, c.status, c.role].filter(Boolean).join(" · ")));
  $("tip").hidden = false;
  const box = mark.getClientRects()[0], size = $("tip").getBoundingClientRect();
  $("tip").style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - size.width - 8)) + scrollX}px`;
  $("tip").style.top = `${(box.bottom + size.height + 12 < innerHeight ? box.bottom + 6 : box.top - size.height - 6) + scrollY}px`;
}
for (const event of ["mouseover", "focusin"]) $("text").addEventListener(event, (e) => { if (e.target.concept) tip(e.target); });
for (const event of ["mouseout", "focusout"]) $("text").addEventListener(event, () => { $("tip").hidden = true; });
$("text").addEventListener("click", (e) => { if (e.target.concept) location.hash = e.target.concept.id; });
$("report").addEventListener("change", () => { location.hash = `report=${encodeURIComponent($("report").value)}`; });

/* Where we are: #glossary, #<id of a concept>, #report=<name>&term=<id> */
function go() {
  const hash = location.hash.slice(1), reports = hash.startsWith("report");
  view = reports ? "reports" : "terms";
  document.querySelector(`[name=script][value=${script()}]`).checked = true;
  $("glossary-view").hidden = reports;
  $("report-view").hidden = !reports;
  $("tip").hidden = true;
  $("to-glossary").toggleAttribute("aria-current", !reports);
  $("to-reports").toggleAttribute("aria-current", reports);
  if (reports) {
    const query = new URLSearchParams(hash);
    read(query.get("report") || reading, query.get("term"));
    return;
  }
  const c = data.concepts.find((x) => x.id === hash);
  only = c ? c.index : null;
  search();
  if (c) open($("list").firstElementChild, true);
}
addEventListener("hashchange", go);

let waiting = 0;
const soon = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(search); };
$("search").addEventListener("input", () => { only = null; soon(); });
for (const id of [...FIELDS, ...BOXES]) $(id).addEventListener("change", search);
$("filters").addEventListener("submit", (e) => { e.preventDefault(); search(); });
$("clear").addEventListener("click", clear);
$("more").addEventListener("click", () => show(PAGE));
for (const radio of document.querySelectorAll("[name=script]")) {
  radio.addEventListener("change", () => {
    scripts[view] = radio.value;
    if (view === "reports") read(reading);
    else search();
  });
}
if ("IntersectionObserver" in window) {
  new IntersectionObserver((seen) => { if (seen.some((s) => s.isIntersecting)) show(PAGE); }, {rootMargin: "600px"}).observe($("more"));
}
addEventListener("beforeprint", () => show(found.length));

/* Keys */
addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) && e.target.type !== "checkbox" && e.target.type !== "radio";
  if (e.key === "Escape") {
    if ($("glossary-view").hidden) $("tip").hidden = true;
    else { clear(); $("search").focus(); }
    return;
  }
  const item = e.target.closest("#list > li");
  if (typing) {
    if (e.target === $("search") && e.key === "ArrowDown" && $("list").firstElementChild) {
      e.preventDefault();
      $("list").firstElementChild.focus();
    }
    return;
  }
  if (e.key === "Enter" && e.target.concept && e.target.tagName === "MARK") location.hash = e.target.concept.id;
  else if (e.key === "/") { e.preventDefault(); location.hash = "glossary"; $("glossary-view").hidden = false; $("search").focus(); }
  else if ($("glossary-view").hidden) return;
  else if ("jk".includes(e.key) || (item === e.target && /^Arrow(Down|Up)$/.test(e.key))) {
    const down = e.key === "j" || e.key === "ArrowDown";
    if (down && item && !item.nextElementSibling) show(PAGE);
    const next = item ? (down ? item.nextElementSibling : item.previousElementSibling) : $("list").firstElementChild;
    if (next) { e.preventDefault(); next.focus(); }
  } else if (item && e.key === "Enter" && item === e.target) open(item);
  else if (item && (e.key === "a" || e.key === "r")) {
    const line = (e.target.line || item.concept.lines.find((x) => !decisions.has(x.id)) || item.concept.lines[0]);
    decide(line, e.key === "a" ? "approve" : "reject");
  }
});

keep();
go();
})();
