/** What the stores of this language promise beyond the vectors. */

import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { FileStore } from "../data_sync/file_store.js";
import {
  MemoryStore,
  NoAnswerError,
  type Store,
  SyncManager,
  type Transport,
  WebStorageStore,
} from "../data_sync/index.js";
import { same } from "./vectors.js";

const OFFLINE: Transport = {
  send: async () => {
    throw new NoAnswerError("offline");
  },
};

/** Something like `localStorage`, with an end. */
export class Storage {
  readonly items = new Map<string, string>();
  full = false;

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.full) {
      throw new RangeError("the quota has been exceeded");
    }
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }
}

const manager = (store: Store, identity = "user"): SyncManager => new SyncManager(store, OFFLINE, identity);

export const CHECKS: Readonly<Record<string, () => Promise<void>>> = {
  async "two stores on one storage lose none of each other's edits"() {
    const storage = new Storage();
    const folder = await mkdtemp(join(tmpdir(), "stores-"));
    for (const open of [() => new WebStorageStore(storage), () => new FileStore(folder)]) {
      const datasets = [manager(open()).open("notes"), manager(open()).open("notes")];
      const edits = Array.from({ length: 20 }, (_, i) => datasets[i % 2]?.put(`k${i}`, String(i)));
      await Promise.all(edits);
      same("records", (await manager(open()).open("notes").all()).size, 20);
    }
  },

  async "a full storage refuses an edit and keeps what was there"() {
    const storage = new Storage();
    const dataset = manager(new WebStorageStore(storage)).open("notes");
    await dataset.put("a", "1");
    storage.full = true;
    const refused = await dataset.put("a", "2").then(
      () => "taken",
      (error: Error) => error.message,
    );
    same("answer", refused, "the quota has been exceeded");
    same("kept", await dataset.get("a"), "1");
  },

  async "a file that was being written when the device died is passed over"() {
    const folder = await mkdtemp(join(tmpdir(), "stores-"));
    await manager(new FileStore(folder)).open("notes").put("a", "1");
    await writeFile(join(folder, "dataset-1.json.new"), '{"progress": {"si');
    await writeFile(join(folder, "journal.json.new"), "[[");
    const dataset = manager(new FileStore(folder)).open("notes");
    same("kept", await dataset.get("a"), "1");
    await dataset.put("b", "2");
    same("files", (await readdir(folder)).sort(), ["dataset-1.json", "index.json", "journal.json.new"]);
  },

  async "a device keeps its name, and two devices differ"() {
    const storage = new Storage();
    const name = (store: Store): Promise<string> => store.transaction((transaction) => transaction.device());
    const first = await name(new WebStorageStore(storage));
    same("form", /^[0-9a-f]{16}$/.test(first), true);
    same("again", await name(new WebStorageStore(storage)), first);
    same("another", (await name(new MemoryStore())) === first, false);
  },

  async "keys that JavaScript's objects know are keys like others"() {
    const dataset = manager(new WebStorageStore(new Storage())).open("notes");
    for (const key of ["__proto__", "constructor", "toString"]) {
      same(key, await dataset.get(key), null);
      await dataset.put(key, key);
    }
    same("all", [...(await dataset.all()).keys()], ["__proto__", "constructor", "toString"]);
  },

  async "records stand in the order of their code points"() {
    const dataset = manager(new MemoryStore()).open("notes");
    for (const key of ["\u{1f600}", "\uffee", "a"]) {
      await dataset.put(key, "");
    }
    same("keys", [...(await dataset.all()).keys()], ["a", "\uffee", "\u{1f600}"]);
  },

  async "a transaction that throws leaves nothing"() {
    const store = new MemoryStore();
    const place = { identity: "user", dataset: "notes" };
    const thrown = await store
      .transaction(async (transaction) => {
        await transaction.save(place, { key: "a", value: "1", base: 0, changedAt: 0, edit: 1 });
        throw new Error("no");
      })
      .catch((error: Error) => error.message);
    same("thrown", thrown, "no");
    same("datasets", await store.transaction((transaction) => transaction.datasets("user")), []);
  },

  async "a list is read, and what no service says is no list"() {
    const info = { name: "notes", sync_count: 3, records: 2, bytes: 10, changed_at: 5 };
    const lists = async (body: unknown): Promise<unknown> =>
      new SyncManager(new MemoryStore(), { send: async () => ({ status: 200, body }) }, "user")
        .list()
        .catch((error: Error) => error.name);
    same("list", await lists({ datasets: [info] }), [
      { name: "notes", syncCount: 3, records: 2, bytes: 10, changedAt: 5 },
    ]);
    for (const body of [null, "<html>", [], {}, { datasets: [{ ...info, sync_count: -1 }] }, { datasets: [null] }]) {
      same(JSON.stringify(body), await lists(body), "NoAnswerError");
    }
  },
};
