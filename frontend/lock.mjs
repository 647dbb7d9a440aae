// Keep addresses out of the lock file: names, versions and checksums are enough for npm ci.
import { readFile, writeFile } from "node:fs/promises";

const file = new URL("package-lock.json", import.meta.url);
const lock = JSON.parse(await readFile(file, "utf8"));
for (const each of Object.values(lock.packages)) {
  delete each.funding;
  delete each.resolved;
}
await writeFile(file, `${JSON.stringify(lock, null, 2)}\n`);
