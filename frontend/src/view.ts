// What the server tells the page of the view, and what the page carries from the start.

export type Assignment = Record<string, string>;

/** Values of the form's fields, by name. */
export type Fields = Record<string, string | boolean | string[]>;

export interface View {
  centres: number;
  ready: boolean;
  feasible: boolean;
  /** The numbers of centres that the slider steps through; null for every number. */
  numbers: number[] | null;
  sweep: string | null;
  assignment: Assignment;
  /** Fills of blocks that do not have their usual one. */
  fills: Record<string, FillText>;
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
  readFill: (text: FillText) => Fill;
}

/** A fill as the page carries it: colour, colour of strokes, name of the pattern. */
export type FillText = [string, string, string];

interface FillTexts {
  patterns: Record<string, [path: string, width: number]>;
  fills: Record<string, FillText>;
  unassigned: FillText;
  tile: number;
}

export function readPage(): Page {
  const data = document.body.dataset;
  const { patterns, fills, unassigned, tile } = JSON.parse(data["fills"] ?? "{}") as FillTexts;
  const fill = ([colour, stroke, pattern]: FillText): Fill => {
    const [path, width] = patterns[pattern] ?? ["", 0];
    return { colour, stroke, path, width };
  };
  return {
    boundaries: data["boundaries"] ?? "",
    commuting: data["commuting"] ?? "",
    sweep: data["sweep"] ?? "",
    chart: data["chart"] ?? "",
    worker: data["worker"] ?? "",
    texts: JSON.parse(data["texts"] ?? "{}"),
    fills: Object.fromEntries(Object.entries(fills).map(([id, each]) => [id, fill(each)])),
    unassigned: fill(unassigned),
    tile,
    readFill: fill,
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
