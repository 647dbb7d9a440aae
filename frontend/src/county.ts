// The county on a map: blocks in colour and pattern, centres, borders, commuting, a plan laid over.
import {
  LngLatBounds,
  Map as MapLibre,
  NavigationControl,
  prewarm,
  setWorkerUrl,
  type ExpressionSpecification,
  type GeoJSONSource,
  type StyleSpecification,
} from "maplibre-gl";
import type { FeatureCollection, Geometry, Position } from "geojson";
import { borderFeatures, edgesOf, readBorders, type Border, type Edge } from "./borders";
import { flowFeatures } from "./flows";
import { fetchJson, type Assignment, type Fill, type Flow, type Page, type View } from "./view";

type Boundaries = FeatureCollection<Geometry, Record<string, unknown>>;

const SEA = "#e8f0f5";
const DARK = "#1c252d";
const THIN = "#4c555d";
const OVERLAY = "#b3005e";
const TIE = "#0b3d91";
const OTHER = "#5a5f66";
const NAMES = ["sans-serif"];
// MapLibre reads the weight out of the first name; no font needs to be called so.
const BOLD_NAMES = ["Names Bold", "sans-serif"];
const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };
// Names of places at the edge stand beyond the land.
const PADDING = { top: 28, bottom: 28, left: 52, right: 52 };
// Zooms at which a country and a county fill the map, and the least at which the names of all are shown.
const FAR = 4;
const NEAR = 6;
const NAMES_FROM = 4.8;
// How much higher than wide, on the map, land is for which the map is made higher.
const TALL = 1.05;

export class County {
  /** Settled once the map can be painted; fails where the browser cannot draw it. */
  readonly loaded: Promise<void>;
  private map!: MapLibre;
  private boundaries: Boundaries = { type: "FeatureCollection", features: [] };
  private borders: Border[] = [];
  private edges: Edge[] = [];
  private readonly filled = new Set<string>();
  private readonly places = new Map<string, Position>();
  private readonly names = new Map<string, string>();
  private flows: Flow[] | null = null;
  private shown: View | null = null;
  private painted: string | null = null;
  private paintings = 0;
  private readonly tip: HTMLElement;

  /** Draw into an element; `pick` is told which municipality is clicked. */
  constructor(
    private readonly page: Page,
    private readonly holder: HTMLElement,
    private readonly pick: (municipality: string) => void,
  ) {
    this.tip = document.createElement("div");
    this.tip.className = "map-tip";
    this.tip.setAttribute("aria-hidden", "true");
    this.tip.hidden = true;
    holder.append(this.tip);
    // The wheel scrolls the page; with Ctrl it zooms the map.
    holder.addEventListener(
      "wheel",
      (event) => (event.ctrlKey || event.metaKey ? this.map?.scrollZoom.enable() : this.map?.scrollZoom.disable()),
      { capture: true, passive: true },
    );
    this.loaded = this.load();
  }

  /** Show a view; the map stays where the reader has moved it. */
  async show(view: View): Promise<void> {
    this.holder.removeAttribute("data-drawn");
    await this.loaded;
    this.shown = view;
    if (view.commuting && !this.flows) this.flows = await fetchJson<Flow[]>(this.page.commuting);
    if (this.shown !== view) return;
    this.paint(view.assignment);
    this.setData("overlay", view.reference ? borderFeatures(this.borders, view.reference) : EMPTY);
    for (const id of ["chosen", "chosen-rim"]) this.map.setFilter(id, ["==", ["get", "municipality_id"], view.municipality]);
    this.map.setFilter("clashing", ["in", ["get", "municipality_id"], ["literal", view.clashing]]);
  }

  /** Show another assignment at once, before the server has answered. */
  async preview(assignment: Assignment): Promise<void> {
    await this.loaded;
    this.paint(assignment);
  }

  private paint(assignment: Assignment): void {
    const centres = [...new Set(Object.values(assignment))];
    const images = new Map(centres.map((centre) => [centre, this.ensureFill(centre)]));
    const pairs = Object.entries(assignment).flatMap(([id, centre]) => [id, images.get(centre) ?? "fill-"]);
    const pattern = pairs.length
      ? (["match", ["get", "municipality_id"], ...pairs, "fill-"] as unknown as ExpressionSpecification)
      : "fill-";
    // What a slider has shown already is not drawn anew when the server answers the same.
    const painted = pairs.join();
    if (painted !== this.painted) {
      this.painted = painted;
      this.map.setPaintProperty("blocks", "fill-pattern", pattern);
      edgesOf(this.borders, assignment).forEach((edge, id) => {
        if (edge !== this.edges[id]) this.map.setFeatureState({ source: "borders", id }, { edge });
        this.edges[id] = edge;
      });
      const isCentre: ExpressionSpecification = ["in", ["get", "municipality_id"], ["literal", centres]];
      this.map.setFilter("centres", isCentre);
      this.map.setFilter("centre-names", isCentre);
      this.map.setFilter("names", ["!", isCentre]);
    }
    const view = this.shown;
    const lines = view?.commuting && this.flows;
    this.setData("flows", lines ? flowFeatures(lines, this.places, assignment, view.commuters_from) : EMPTY);
    // Marked for whoever waits for the picture (tests, printing).
    this.map.triggerRepaint();
    const painting = ++this.paintings;
    this.holder.removeAttribute("data-drawn");
    void this.map.once("idle").then(() => {
      if (painting === this.paintings) this.holder.setAttribute("data-drawn", String(centres.length));
    });
  }

  private async load(): Promise<void> {
    // The worker begins while the outlines are on their way.
    setWorkerUrl(new URL(this.page.worker, location.href).href);
    prewarm();
    const boundaries = await fetchJson<Boundaries>(this.page.boundaries);
    if (boundaries) this.boundaries = boundaries;
    const bounds = new LngLatBounds();
    for (const feature of this.boundaries.features) {
      const id = String(feature.properties["municipality_id"] ?? "");
      if (feature.properties["kind"] === "municipality") {
        this.names.set(id, String(feature.properties["name"]));
        eachPosition(feature.geometry, (position) => bounds.extend([position[0]!, position[1]!]));
      } else if (feature.geometry.type === "Point") this.places.set(id, feature.geometry.coordinates);
    }
    this.borders = readBorders(this.boundaries);
    // Made only now, so that nothing is drawn before it is known where the land is.
    if (!bounds.isEmpty() && this.heightOf(bounds) > TALL) this.holder.classList.add("is-tall");
    this.map = this.makeMap(bounds);
    // Painted from the first picture on as the answer has it: one more drawing of a country is felt.
    await this.map.once("style.load");
    this.addImage("fill-", this.page.unassigned);
    if (!bounds.isEmpty()) {
      const fit = (): void => void this.map.fitBounds(bounds, { padding: PADDING, animate: false });
      let moved = false;
      this.map.on("movestart", (event) => (moved ||= "originalEvent" in event && Boolean(event.originalEvent)));
      this.map.on("resize", () => (moved ? undefined : fit()));
      const around = bounds.toArray().flat() as [number, number, number, number];
      this.map.setMaxBounds([around[0] - 4, around[1] - 2, around[2] + 4, around[3] + 2]);
    }
    this.listen();
  }

  private makeMap(bounds: LngLatBounds): MapLibre {
    const map = new MapLibre({
      container: this.holder,
      style: style(this.boundaries, this.borders),
      ...(bounds.isEmpty() ? {} : { bounds, fitBoundsOptions: { padding: PADDING } }),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      cooperativeGestures: false,
      fadeDuration: 0,
      canvasContextAttributes: { preserveDrawingBuffer: true },
      locale: {
        "Map.Title": this.page.texts["map"] ?? "",
        "NavigationControl.ZoomIn": this.page.texts["zoom_in"] ?? "",
        "NavigationControl.ZoomOut": this.page.texts["zoom_out"] ?? "",
      },
    });
    map.touchZoomRotate.disableRotation();
    map.scrollZoom.disable();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    return map;
  }

  /** Height of bounds on the map, in widths. */
  private heightOf(bounds: LngLatBounds): number {
    const [west, south, east, north] = bounds.toArray().flat() as [number, number, number, number];
    const up = (latitude: number): number => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
    return (up(north) - up(south)) / (((east - west) * Math.PI) / 180);
  }

  private listen(): void {
    const canvas = this.map.getCanvas();
    this.map.on("mousemove", "blocks", (event) => {
      const id = String(event.features?.[0]?.properties["municipality_id"] ?? "");
      const centre = this.shown?.assignment[id];
      canvas.style.cursor = "pointer";
      const name = this.names.get(id) ?? "";
      this.tip.textContent = centre && centre !== id ? `${name} → ${this.names.get(centre) ?? ""}` : name;
      this.tip.style.transform = `translate(${event.point.x + 14}px, ${event.point.y + 14}px)`;
      this.tip.hidden = false;
      this.map.setFilter("hovered", ["==", ["get", "municipality_id"], id]);
    });
    this.map.on("mouseleave", "blocks", () => {
      canvas.style.cursor = "";
      this.tip.hidden = true;
      this.map.setFilter("hovered", ["==", ["get", "municipality_id"], ""]);
    });
    this.map.on("click", "blocks", (event) => {
      const id = event.features?.[0]?.properties["municipality_id"];
      if (id !== undefined) this.pick(String(id));
    });
  }

  /** Give a source its features; one that has none and gets none is left alone, since every change is drawn anew. */
  private setData(source: string, data: FeatureCollection): void {
    if (!data.features.length && !this.filled.has(source)) return;
    this.filled[data.features.length ? "add" : "delete"](source);
    (this.map.getSource(source) as GeoJSONSource).setData(data);
  }

  /** Name of the image of a centre's fill, made where it is not there yet. */
  private ensureFill(centre: string): string {
    const restyled = this.shown?.fills[centre];
    const fill = restyled ? this.page.readFill(restyled) : this.page.fills[centre];
    if (!fill) return "fill-";
    const name = `fill-${fill.colour}-${fill.path}`;
    this.addImage(name, fill);
    return name;
  }

  private addImage(name: string, fill: Fill): void {
    if (this.map.hasImage(name)) return;
    const ratio = 2;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = this.page.tile * ratio;
    const pen = canvas.getContext("2d")!;
    pen.scale(ratio, ratio);
    pen.fillStyle = fill.colour;
    pen.fillRect(0, 0, this.page.tile, this.page.tile);
    if (fill.path) {
      pen.strokeStyle = fill.stroke;
      pen.lineWidth = fill.width;
      pen.lineCap = "round";
      pen.stroke(new Path2D(fill.path));
    }
    this.map.addImage(name, pen.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: ratio });
  }
}

function eachPosition(geometry: Geometry, take: (position: Position) => void): void {
  if (geometry.type === "Polygon") geometry.coordinates.flat().forEach(take);
  else if (geometry.type === "MultiPolygon") geometry.coordinates.flat(2).forEach(take);
}

/** The layers, from the sea up. No glyphs and no sprite are fetched: names are drawn with the reader's own fonts. */
function style({ features }: Boundaries, borders: Border[]): StyleSpecification {
  const none: ExpressionSpecification = ["==", ["get", "municipality_id"], ""];
  const isCoast: ExpressionSpecification = ["get", "coast"];
  // Which borders lie between blocks changes with every answer: told as a state, nothing has to be cut into tiles anew.
  const between = (yes: number, no: number): ExpressionSpecification => ["case", ["==", ["feature-state", "edge"], 2], yes, no];
  const kind = (value: string): ExpressionSpecification => ["==", ["get", "kind"], value];
  const wide: ExpressionSpecification = ["interpolate", ["linear"], ["sqrt", ["get", "commuters"]], 5, 0.8, 20, 3, 60, 10];
  // In a whole country seen at once, marks and borders of a county's size would hide the blocks.
  const grow = (far: number, near: number): ExpressionSpecification => ["interpolate", ["linear"], ["zoom"], FAR, far, NEAR, near];
  const largeFirst: ExpressionSpecification = ["-", 0, ["get", "population"]];
  const round = { "line-cap": "round", "line-join": "round" } as const;
  const holding = (data: FeatureCollection) => ({ type: "geojson", data }) as const;
  return {
    version: 8,
    sources: {
      county: holding({ ...EMPTY, features: features.filter(({ properties }) => properties["kind"] === "municipality") }),
      places: holding({ ...EMPTY, features: features.filter(({ geometry }) => geometry.type === "Point") }),
      borders: holding(borderFeatures(borders)),
      overlay: holding(EMPTY),
      flows: holding(EMPTY),
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": SEA } },
      { id: "blocks", type: "fill", source: "county", paint: { "fill-pattern": "fill-", "fill-antialias": false } },
      { id: "hovered", type: "fill", source: "county", filter: none, paint: { "fill-color": "#000000", "fill-opacity": 0.12 } },
      { id: "coast", type: "line", source: "borders", filter: ["all", isCoast, kind("real")], paint: { "line-color": "#7b8a96", "line-width": grow(0.4, 0.7) } },
      { id: "inner", type: "line", source: "borders", layout: round, filter: ["all", ["!", isCoast], kind("real")], paint: { "line-color": THIN, "line-width": grow(0.35, 0.8) } },
      { id: "inner-indicative", type: "line", source: "borders", filter: kind("indicative"), paint: { "line-color": THIN, "line-opacity": between(0, 1), "line-width": 1.1, "line-dasharray": [3, 2.4] } },
      { id: "between", type: "line", source: "borders", layout: round, filter: ["all", ["!", isCoast], kind("real")], paint: { "line-color": DARK, "line-opacity": between(1, 0), "line-width": grow(1.3, 2.6) } },
      { id: "between-indicative", type: "line", source: "borders", filter: kind("indicative"), paint: { "line-color": DARK, "line-opacity": between(1, 0), "line-width": 2.6, "line-dasharray": [2.4, 1.4] } },
      { id: "between-sea", type: "line", source: "borders", layout: round, filter: kind("sea"), paint: { "line-color": DARK, "line-opacity": between(1, 0), "line-width": 1.9, "line-dasharray": [0.1, 2.4] } },
      { id: "overlay-rim", type: "line", source: "overlay", layout: round, paint: { "line-color": "#ffffff", "line-width": 6, "line-opacity": 0.9 } },
      { id: "overlay-line", type: "line", source: "overlay", paint: { "line-color": OVERLAY, "line-width": 2.8, "line-dasharray": [3.5, 1.4] } },
      { id: "other-flows", type: "line", source: "flows", filter: ["!", ["get", "tie"]], paint: { "line-color": OTHER, "line-width": ["*", 0.7, wide] as ExpressionSpecification, "line-opacity": 0.7, "line-dasharray": [2.2, 1] } },
      { id: "ties", type: "line", source: "flows", layout: round, filter: ["get", "tie"], paint: { "line-color": TIE, "line-width": wide, "line-opacity": 0.78 } },
      { id: "clashing", type: "line", source: "county", layout: round, filter: none, paint: { "line-color": "#b3251e", "line-width": 3 } },
      { id: "chosen-rim", type: "line", source: "county", layout: round, filter: none, paint: { "line-color": "#ffffff", "line-width": 7 } },
      { id: "chosen", type: "line", source: "county", layout: round, filter: none, paint: { "line-color": "#0062ba", "line-width": 4 } },
      { id: "centres", type: "circle", source: "places", filter: none, paint: { "circle-radius": grow(2.2, 5.5), "circle-color": "#ffffff", "circle-stroke-color": "#141414", "circle-stroke-width": grow(1.2, 3) } },
      {
        id: "names",
        type: "symbol",
        source: "places",
        filter: none,
        minzoom: NAMES_FROM,
        layout: { "symbol-sort-key": largeFirst, "text-field": ["get", "name"], "text-font": NAMES, "text-size": 12, "text-padding": 1, "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 0.2 },
        paint: { "text-color": "#141414", "text-halo-color": "rgba(255,255,255,0.88)", "text-halo-width": 1.6 },
      },
      {
        id: "centre-names",
        type: "symbol",
        source: "places",
        filter: none,
        layout: { "text-field": ["get", "name"], "symbol-sort-key": largeFirst, "text-font": BOLD_NAMES, "text-size": grow(12, 14), "text-padding": grow(5, 0), "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": grow(0.45, 0.75), "text-allow-overlap": false },
        paint: { "text-color": "#141414", "text-halo-color": "rgba(255,255,255,0.94)", "text-halo-width": 2 },
      },
    ],
  };
}
