/** Runs every check and prints one line of JSON for each: its name, and what is wrong, if anything. */

import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { FileStore } from "../data_sync/file_store.js";
import { MemoryStore, type Store, WebStorageStore } from "../data_sync/index.js";
import { dieEverywhere, editAfterDeath } from "./crashes.js";
import { CHECKS, Storage } from "./stores.js";
import { follow, type Vector } from "./vectors.js";

/** By kind of store, something that makes one and opens it again. */
const STORES: Readonly<Record<string, () => () => Store>> = {
  memory: () => {
    const store = new MemoryStore();
    return () => store;
  },
  "web storage": () => {
    const storage = new Storage();
    return () => new WebStorageStore(storage);
  },
  file: () => {
    const folder = mkdtempSync(join(tmpdir(), "vectors-"));
    return () => new FileStore(folder);
  },
};

async function check(name: string, body: () => Promise<unknown>): Promise<void> {
  let problem: string | null = null;
  let said: unknown = null;
  try {
    said = (await body()) ?? null;
  } catch (error) {
    problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  process.stdout.write(`${JSON.stringify({ name, problem, said })}\n`);
}

const folder = process.argv[2] ?? ".";
for (const file of readdirSync(folder).filter((each) => each.endsWith(".json")).sort()) {
  const vector = JSON.parse(readFileSync(join(folder, file), "utf8")) as Vector;
  for (const [kind, make] of Object.entries(STORES)) {
    await check(`${kind}: ${file}`, () => follow(vector, make()));
  }
}
for (const [name, body] of Object.entries(CHECKS)) {
  await check(name, body);
}
await check("crashes", dieEverywhere);
await check("edits after crashes", editAfterDeath);
