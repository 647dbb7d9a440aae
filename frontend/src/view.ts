// What the server tells the page of the view, and what the page carries from the start.

export type Assignment = Record<string, string>;

/** Values of the form's fields, by name. */
export type Fields = Record<string, string | boolean | string[]>;

export interface View {
  centres: number;
  ready: boolean;
  feasible: boolean;
  sweep: string | null;
  assignment: Assignment;
  clashing: string[];
  reference: Assignment | null;
  municipality: string;
  commuting: boolean;
  commuters_from: number;
  announce: string;
  fields: Fields;
}

/** How a centre's block is filled: a colour, and strokes in a tile. */
export interface Fill {
  colour: string;
  stroke: string;
  path: string;
  width: number;
}

/** Between two municipalities: their ids, commuters from the first to the second, and back. */
export type Flow = [string, string, number, number];

export interface Page {
  boundaries: string;
  commuting: string;
  sweep: string;
  chart: string;
  worker: string;
  texts: Record<string, string>;
  fills: Record<string, Fill>;
  unassigned: Fill;
  tile: number;
}

export function readPage(): Page {
  const data = document.body.dataset;
  return {
    boundaries: data["boundaries"] ?? "",
    commuting: data["commuting"] ?? "",
    sweep: data["sweep"] ?? "",
    chart: data["chart"] ?? "",
    worker: data["worker"] ?? "",
    texts: JSON.parse(data["texts"] ?? "{}"),
    ...JSON.parse(data["fills"] ?? "{}"),
  };
}

export function readView(): View | null {
  const text = document.getElementById("view")?.dataset["view"];
  return text ? (JSON.parse(text) as View) : null;
}

const AGAIN_AFTER = 700;

/** Fetch JSON; while the server works on it, ask again. Null where there is none. */
export async function fetchJson<T>(address: string): Promise<T | null> {
  for (;;) {
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (response.status === 200) return (await response.json()) as T;
    if (response.status !== 202) return null;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
  }
}
