/** A store in what browsers call `localStorage` and React Native `AsyncStorage`. */

import { type Documents, DocumentStore } from "./documents.js";
import { Turns } from "./turns.js";

/** The part of `Storage` and of `AsyncStorage` that is used. */
export interface KeyValueStorage {
  getItem(key: string): string | null | Promise<string | null>;
  setItem(key: string, value: string): void | Promise<void>;
  removeItem(key: string): void | Promise<void>;
}

/** The part of the browser's lock manager that is used: `navigator.locks`. */
interface LockManagerPart {
  request<T>(name: string, body: () => Promise<T>): Promise<T>;
}

/**
 * A store under keys that begin with `prefix`.
 *
 * Tabs of one origin share it where the browser has `navigator.locks`; elsewhere use it from one page at a time.
 * Browsers hold about 5 MB under an origin: if that is full, `put` fails and nothing changes.
 */
export class WebStorageStore extends DocumentStore {
  constructor(storage: KeyValueStorage, prefix = "aws-mobile-sync/") {
    super(new WebStorageDocuments(storage, prefix));
  }
}

/** Who uses one storage under one prefix takes turns, however many stores there are. */
const turnsOf = new WeakMap<KeyValueStorage, Map<string, Turns>>();

class WebStorageDocuments implements Documents {
  readonly #storage: KeyValueStorage;
  readonly #prefix: string;
  readonly #turns: Turns;

  constructor(storage: KeyValueStorage, prefix: string) {
    this.#storage = storage;
    this.#prefix = prefix;
    const byPrefix = turnsOf.get(storage) ?? new Map<string, Turns>();
    turnsOf.set(storage, byPrefix);
    this.#turns = byPrefix.get(prefix) ?? new Turns();
    byPrefix.set(prefix, this.#turns);
  }

  async read(name: string): Promise<string | null> {
    return this.#storage.getItem(this.#prefix + name);
  }

  async write(name: string, text: string): Promise<void> {
    await this.#storage.setItem(this.#prefix + name, text);
  }

  async remove(name: string): Promise<void> {
    await this.#storage.removeItem(this.#prefix + name);
  }

  alone<T>(body: () => Promise<T>): Promise<T> {
    const { navigator } = globalThis as { navigator?: { locks?: LockManagerPart } };
    const locks = navigator?.locks;
    return this.#turns.take(() => (locks === undefined ? body() : locks.request(this.#prefix, body)));
  }
}
