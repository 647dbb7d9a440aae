// Borders between blocks, from the outlines of municipalities that share their corners.
import type { Feature, FeatureCollection, Geometry, MultiLineString, Position } from "geojson";
import type { Assignment } from "./view";

/** A border or coast: who lies on either side, and its lines. */
export interface Border {
  a: string;
  b: string | null;
  kind: "real" | "indicative" | "sea";
  lines: Position[][];
}

type Properties = Record<string, unknown>;

/** Read every border, coast and line at sea out of a study's boundaries. */
export function readBorders(boundaries: FeatureCollection<Geometry, Properties>): Border[] {
  const indicative = new Set<string>();
  const borders: Border[] = [];
  for (const feature of boundaries.features) {
    const kind = feature.properties["kind"];
    if (kind !== "indicative_border" && kind !== "sea_border") continue;
    const lines = linesOf(feature.geometry);
    if (kind === "indicative_border") for (const line of lines) eachSegment(line, (from, to) => indicative.add(key(from, to)));
    borders.push({
      a: String(feature.properties["a_id"]),
      b: feature.properties["b_id"] ? String(feature.properties["b_id"]) : null,
      kind: kind === "sea_border" ? "sea" : "indicative",
      lines,
    });
  }
  const sides = new Map<string, { owners: string[]; ends: [Position, Position] }>();
  for (const feature of boundaries.features) {
    if (feature.properties["kind"] !== "municipality") continue;
    const owner = String(feature.properties["municipality_id"]);
    for (const ring of linesOf(feature.geometry)) {
      eachSegment(ring, (from, to) => {
        const name = key(from, to);
        const side = sides.get(name);
        if (!side) sides.set(name, { owners: [owner], ends: [from, to] });
        else if (!side.owners.includes(owner)) side.owners.push(owner);
      });
    }
  }
  const shared = new Map<string, { a: string; b: string | null; segments: [Position, Position][] }>();
  for (const [name, { owners, ends }] of sides) {
    if (indicative.has(name)) continue;
    const [a, b] = [...owners].sort();
    if (a === undefined) continue;
    const pair = `${a} ${b ?? ""}`;
    const group = shared.get(pair);
    if (group) group.segments.push(ends);
    else shared.set(pair, { a, b: b ?? null, segments: [ends] });
  }
  for (const { a, b, segments } of shared.values()) borders.push({ a, b, kind: "real", lines: chain(segments) });
  return borders;
}

/** What a border is: 2 between blocks, 1 between municipalities of one block or at the coast. */
export type Edge = 1 | 2;

/** What each border is in an assignment, in the order of the borders. */
export function edgesOf(borders: Border[], blockOf: Assignment): Edge[] {
  return borders.map(({ a, b }) => (b !== null && blockOf[a] !== blockOf[b] ? 2 : 1));
}

/** Borders as features, numbered in their order: all of them, or those between the blocks of an assignment. */
export function borderFeatures(borders: Border[], blockOf?: Assignment): FeatureCollection<MultiLineString, Properties> {
  const edges = blockOf && edgesOf(borders, blockOf);
  const features: Feature<MultiLineString, Properties>[] = [];
  borders.forEach(({ b, kind, lines }, id) => {
    if (edges && edges[id] !== 2) return;
    features.push({
      id,
      type: "Feature",
      properties: { kind, coast: b === null },
      geometry: { type: "MultiLineString", coordinates: lines },
    });
  });
  return { type: "FeatureCollection", features };
}

function linesOf(geometry: Geometry): Position[][] {
  switch (geometry.type) {
    case "LineString":
      return [geometry.coordinates];
    case "MultiLineString":
    case "Polygon":
      return geometry.coordinates;
    case "MultiPolygon":
      return geometry.coordinates.flat();
    default:
      return [];
  }
}

function eachSegment(line: Position[], take: (from: Position, to: Position) => void): void {
  for (let i = 1; i < line.length; i++) take(line[i - 1]!, line[i]!);
}

function corner(position: Position): string {
  return `${position[0]!.toFixed(5)},${position[1]!.toFixed(5)}`;
}

function key(from: Position, to: Position): string {
  const [one, other] = [corner(from), corner(to)];
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

/** Join segments end to end, so that dashes run on over corners. */
function chain(segments: [Position, Position][]): Position[][] {
  const at = new Map<string, number[]>();
  segments.forEach((ends, index) => {
    for (const end of ends) {
      const name = corner(end);
      at.set(name, [...(at.get(name) ?? []), index]);
    }
  });
  const used = new Set<number>();
  const lines: Position[][] = [];
  const extend = (line: Position[]): void => {
    for (;;) {
      const last = corner(line[line.length - 1]!);
      const next = (at.get(last) ?? []).find((index) => !used.has(index));
      if (next === undefined) return;
      used.add(next);
      const [from, to] = segments[next]!;
      line.push(corner(from) === last ? to : from);
    }
  };
  segments.forEach(([from, to], index) => {
    if (used.has(index)) return;
    used.add(index);
    const line = [from, to];
    extend(line);
    line.reverse();
    extend(line);
    lines.push(line);
  });
  return lines;
}
