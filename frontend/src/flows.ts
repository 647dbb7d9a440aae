// Commuting as lines between administrative centres.
import type { Feature, FeatureCollection, LineString, Position } from "geojson";
import type { Assignment, Flow } from "./view";

const STEPS = 20;
const BEND = 0.12;

/** Lines of flows with enough commuters; `tie` where one end is the centre of the other. */
export function flowFeatures(
  flows: Flow[],
  places: Map<string, Position>,
  assignment: Assignment,
  least: number,
): FeatureCollection<LineString> {
  const features: Feature<LineString>[] = [];
  for (const [a, b, there, back] of flows) {
    const [from, to] = [places.get(a), places.get(b)];
    if (there + back < least || !from || !to) continue;
    features.push({
      type: "Feature",
      properties: { commuters: there + back, tie: assignment[a] === b || assignment[b] === a, a, b },
      geometry: { type: "LineString", coordinates: bend(from, to) },
    });
  }
  return { type: "FeatureCollection", features };
}

/** A slight arc, so that lines along one road do not hide one another. */
function bend(from: Position, to: Position): Position[] {
  const squeeze = Math.cos((from[1]! * Math.PI) / 180);
  const [dx, dy] = [(to[0]! - from[0]!) * squeeze, to[1]! - from[1]!];
  const middle = [(from[0]! + to[0]!) / 2 - (dy * BEND) / squeeze, (from[1]! + to[1]!) / 2 + dx * BEND];
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const t = step / STEPS;
    const [u, v, w] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
    return [u * from[0]! + v * middle[0]! + w * to[0]!, u * from[1]! + v * middle[1]! + w * to[1]!];
  });
}
