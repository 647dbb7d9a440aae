// The chart of every number of blocks, drawn from the server's Vega-Lite without evaluating text as code.
import { fetchJson } from "./view";
import type { VisualizationSpec } from "vega-embed";

/** Draw the chart into an element, once for each address; Vega is fetched from this server when first needed. */
export async function drawChart(holder: HTMLElement, address: string): Promise<void> {
  if (holder.dataset["drawn"] === address) return;
  holder.dataset["drawn"] = address;
  const [spec, { default: embed }] = await Promise.all([fetchJson<VisualizationSpec>(address), import("vega-embed")]);
  if (!spec || holder.dataset["drawn"] !== address) return;
  const words = holder.getAttribute("aria-label") ?? "";
  await embed(holder, { ...spec, description: words } as VisualizationSpec, {
    actions: false,
    ast: true,
    defaultStyle: false,
    logLevel: 1, // errors only
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
    config: { font: "inherit" },
  });
}
