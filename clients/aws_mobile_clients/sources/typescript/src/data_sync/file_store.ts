/** A store in files, for Node. */

import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";

import { type Documents, DocumentStore } from "./documents.js";
import { Turns } from "./turns.js";

/** A store in a folder of its own, which is made if it is not there; for one process at a time. */
export class FileStore extends DocumentStore {
  constructor(folder: string) {
    super(new Files(resolve(folder)));
  }
}

/** Who uses one folder takes turns, however many stores there are. */
const turnsOf = new Map<string, Turns>();

class Files implements Documents {
  readonly #folder: string;
  readonly #turns: Turns;

  constructor(folder: string) {
    this.#folder = folder;
    this.#turns = turnsOf.get(folder) ?? new Turns();
    turnsOf.set(folder, this.#turns);
  }

  async read(name: string): Promise<string | null> {
    try {
      return await readFile(this.#path(name), "utf8");
    } catch (error) {
      if ((error as { code?: unknown }).code === "ENOENT") {
        return null;
      }
      throw error;
    }
  }

  async write(name: string, text: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const beside = `${this.#path(name)}.new`;
    const file = await open(beside, "w");
    try {
      await file.writeFile(text, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, this.#path(name));
    await this.#syncFolder();
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  alone<T>(body: () => Promise<T>): Promise<T> {
    return this.#turns.take(body);
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.json`);
  }

  /** Makes a new name survive a power cut; Windows cannot open folders and does not need to. */
  async #syncFolder(): Promise<void> {
    if (globalThis.process.platform === "win32") {
      return;
    }
    const folder = await open(this.#folder, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}
