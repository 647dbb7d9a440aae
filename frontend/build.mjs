// Bundle the workbench into src/tyngdepunkt/web/assets: one script, its chunks, one stylesheet, MapLibre's worker.
// Run by hatch_build.py; by hand: npm ci && npm run build.
import { build } from "esbuild";
import { access, copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? path.join(here, "..", "src", "tyngdepunkt", "web", "assets");

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const result = await build({
  absWorkingDir: here,
  entryPoints: { workbench: "src/workbench.ts", sheets: "src/sheets.ts" },
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  charset: "utf8",
  legalComments: "none",
  chunkNames: "chunk-[hash]",
  loader: { ".svg": "dataurl" },
  metafile: true,
  logLevel: "warning",
});
const styles = await build({
  absWorkingDir: here,
  entryPoints: { workbench: "src/workbench.css" },
  outdir: out,
  bundle: true,
  target: ["chrome111", "firefox115", "safari16.4"],
  minify: true,
  charset: "utf8",
  legalComments: "none",
  loader: { ".svg": "dataurl" },
  metafile: true,
  logLevel: "warning",
});

// MapLibre starts its worker from an address, so the worker cannot be part of the bundle.
const maplibre = path.join(here, "node_modules", "maplibre-gl", "dist");
await copyFile(path.join(maplibre, "maplibre-gl-worker.mjs"), path.join(out, "maplibre-gl-worker.mjs"));
await copyFile(path.join(here, "src", "icon.svg"), path.join(out, "icon.svg"));

await writeFile(path.join(out, "LICENCES.txt"), await licences([result.metafile, styles.metafile]));

/** The licence of every package that the bundle holds a part of, as those licences ask for. */
async function licences(metafiles) {
  const folders = new Set();
  for (const input of metafiles.flatMap((each) => Object.keys(each.inputs))) {
    const found = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
    if (found) folders.add(found[1]);
  }
  const parts = ["The workbench is bundled from these packages.\n"];
  for (const folder of [...folders].sort()) {
    const root = path.join(here, folder);
    const about = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
    const file = (await readdir(root)).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const text = file && (await exists(path.join(root, file))) ? await readFile(path.join(root, file), "utf8") : "";
    parts.push(`\n${"=".repeat(80)}\n${about.name} ${about.version} (${about.license ?? "see below"})\n\n${text.trim()}\n`);
  }
  return parts.join("");
}

async function exists(file) {
  return access(file).then(() => true, () => false);
}
