// The workbench: map, chart and form around the answers that the server writes.
import "@digdir/designsystemet-web/details";
import "@digdir/designsystemet-web/ds-error-summary";
import "@digdir/designsystemet-web/ds-field";
import "@digdir/designsystemet-web/ds-tabs";
import "@digdir/designsystemet-web/fieldset";
import "@digdir/designsystemet-web/popover";
import htmx from "htmx.org";
import { County } from "./county";
import { drawChart } from "./chart";
import { forgetChanges, joinCentres, markInvalid, prepareForm, syncFields } from "./question";
import { fetchJson, readPage, readView, type Assignment, type View } from "./view";

interface Point {
  k: number;
  assignment: Assignment | null;
}

const page = readPage();
const form = document.getElementById("question") as HTMLFormElement;
const announcer = document.getElementById("announcer") as HTMLElement;

let county: County | null = null;
let view: View | null = null;
let told: HTMLElement | null = null;
let sweep: { query: string; points: Promise<Point[] | null> } | null = null;
let picked = false;
let focusWasInside = false;
let asking: XMLHttpRequest | null = null;
let restoring: XMLHttpRequest | null = null;

function start(): void {
  const holder = document.getElementById("map");
  if (holder) {
    county = new County(page, holder, pick);
    county.loaded.catch((error) => {
      console.warn(error);
      county = null;
      const note = document.createElement("p");
      note.className = "no-map";
      note.textContent = page.texts["no_map"] ?? "";
      holder.append(note);
    });
  }
  prepareForm(form);
  joinCentres((centres) => void preview(centres));
  refresh(false);
}

/** Take in what the server has written. */
function refresh(announce: boolean): void {
  const before = view;
  const holder = document.getElementById("view");
  // The bars come anew again and again while numbers are worked out; the answer need not have.
  if (holder === told) return;
  told = holder;
  view = readView();
  if (!view) return;
  if (view.ready || !before) county?.show(view).catch(ignore);
  // What the reader has asked for since then stays as it is; its own answer is on the way.
  if (!asking || asking.readyState === XMLHttpRequest.DONE || asking.readyState === XMLHttpRequest.UNSENT) {
    syncFields(form, view.fields, view.numbers);
  }
  markInvalid(form);
  if (view.sweep !== null && sweep?.query !== view.sweep) {
    const address = `${page.sweep}?${view.sweep}`;
    sweep = { query: view.sweep, points: fetchJson<Point[]>(address) };
  }
  showChart();
  if (!announce) return;
  if (view.announce !== before?.announce) announcer.textContent = view.announce;
  settleFocus(before);
}

/** Keep the keyboard where the reader's attention is: at the municipality that was chosen, else at the answer. */
function settleFocus(before: View | null): void {
  if (!view) return;
  const opened = view.municipality && view.municipality !== before?.municipality;
  if (opened && !picked) document.getElementById("panel-title")?.focus();
  else if (focusWasInside && (document.activeElement === document.body || !document.activeElement)) {
    document.getElementById("answer")?.focus({ preventScroll: true });
  }
  picked = false;
}

/** While the slider moves the map answers from the sweep, without asking the server. */
async function preview(centres: number): Promise<void> {
  const points = await sweep?.points;
  const point = points?.find((each) => each.k === centres);
  if (point) await county?.preview(point.assignment ?? {}).catch(ignore);
}

/** Look at a municipality that was clicked on the map. */
function pick(municipality: string): void {
  picked = true;
  const field = form.querySelector<HTMLInputElement>('[name="municipality"]');
  if (!field) return;
  field.value = municipality;
  htmx.trigger(form, "submit");
}

/** What is wrong with the map is said once, where it is made. */
function ignore(): void {}

function showChart(): void {
  const holder = document.getElementById("chart");
  if (!holder || holder.closest("[hidden]")) return;
  const query = holder.dataset["chart"] ?? "";
  void drawChart(holder, page.chart + (query.startsWith("?") ? query : ""));
}

/** The table in front is part of the address, but no step of its own in the history. */
function rememberTable(tab: HTMLElement): void {
  const name = tab.dataset["table"];
  const field = document.getElementById("table") as HTMLInputElement | null;
  if (!name || !field || field.value === name) return;
  field.value = name;
  const address = new URL(location.href);
  if (name === "blocks") address.searchParams.delete("table");
  else address.searchParams.set("table", name);
  history.replaceState(history.state, "", address);
  for (const link of document.querySelectorAll<HTMLAnchorElement>("#results a[href^='?'], #results a[href='/'], #languages a")) {
    if (link.dataset["table"]) continue;
    const query = new URLSearchParams(link.getAttribute("href")?.replace(/^[/?]+/, "") ?? "");
    if (name === "blocks") query.delete("table");
    else query.set("table", name);
    link.setAttribute("href", query.size ? `?${query}` : "/");
  }
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const tab = target.closest<HTMLElement>("ds-tab");
  if (tab) queueMicrotask(() => (rememberTable(tab), showChart()));
  const bar = target.closest<SVGElement>("#centres-bars rect[data-centres]");
  if (bar) {
    (document.getElementById("centres") as HTMLInputElement).value = bar.dataset["centres"] ?? "";
    htmx.trigger(form, "submit");
  }
});
document.addEventListener("keyup", (event) => {
  const tab = (event.target as Element).closest<HTMLElement>("ds-tab");
  if (tab?.getAttribute("aria-selected") === "true") rememberTable(tab), showChart();
  if (event.key === "Escape" && !document.querySelector(":popover-open")) document.getElementById("panel-close")?.click();
});
document.body.addEventListener("htmx:beforeSend", (event) => {
  const { elt, xhr } = (event as CustomEvent).detail;
  if (elt !== form) return;
  asking = xhr;
  forgetChanges();
});
document.body.addEventListener("htmx:beforeSwap", (event) => {
  // What was asked for by a part of the page that is gone by now is out of date.
  const { detail } = event as CustomEvent;
  if (detail.requestConfig?.elt?.isConnected === false) detail.shouldSwap = false;
  focusWasInside = Boolean(document.activeElement?.closest("#results, #layers, #wishes, #centres-bars"));
});
document.body.addEventListener("htmx:afterSettle", (event) => {
  const target = (event as CustomEvent).detail?.target?.id;
  if (target === "results") refresh(true);
  if (target === "centres-bars") refresh(false);
});
document.body.addEventListener("htmx:historyCacheMiss", (event) => {
  // Back and Back again: only the last step counts, in whatever order the answers come.
  restoring?.abort();
  restoring = (event as CustomEvent).detail.xhr;
  htmx.trigger(form, "htmx:abort");
});
document.body.addEventListener("htmx:historyRestore", () => (forgetChanges(), refresh(true)));
document.body.addEventListener("htmx:sendError", () => (announcer.textContent = page.texts["lost"] ?? ""));

// On paper nothing can be opened, so the certificate and the like are opened beforehand.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("#results details:not([open])")) {
    details.open = true;
    details.dataset["opened"] = "";
  }
});
addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details[data-opened]")) {
    details.open = false;
    delete details.dataset["opened"];
  }
});

start();
