/** A store that forgets. */

import { type Documents, DocumentStore } from "./documents.js";
import { Turns } from "./turns.js";

/** A store in memory: for tests, and for apps that want nothing kept. */
export class MemoryStore extends DocumentStore {
  constructor() {
    super(new MemoryDocuments());
  }
}

class MemoryDocuments extends Turns implements Documents {
  readonly #texts = new Map<string, string>();

  async read(name: string): Promise<string | null> {
    return this.#texts.get(name) ?? null;
  }

  async write(name: string, text: string): Promise<void> {
    this.#texts.set(name, text);
  }

  async remove(name: string): Promise<void> {
    this.#texts.delete(name);
  }

  alone<T>(body: () => Promise<T>): Promise<T> {
    return this.take(body);
  }
}
