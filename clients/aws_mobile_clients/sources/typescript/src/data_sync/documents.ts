/** A store made of a few small texts, each of which is written whole or not at all. */

import type { PushBody } from "./protocol.js";
import type { PendingPush, Place, Progress, Store, StoredRecord, Transaction } from "./store.js";
import { compareText } from "./text.js";

/** Texts under names: what a `DocumentStore` needs of a platform. */
export interface Documents {
  /** The text of this name; `null` if there is none. */
  read(name: string): Promise<string | null>;
  /** Writes the text whole or not at all; once the promise is fulfilled, it survives a crash. */
  write(name: string, text: string): Promise<void>;
  /** Removes the text of this name, if there is one. */
  remove(name: string): Promise<void>;
  /** Does it alone of all that use the same texts. */
  alone<T>(body: () => Promise<T>): Promise<T>;
}

const INDEX = "index";
const JOURNAL = "journal";
const DEVICE_BYTES = 8;

interface Index {
  readonly version: 1;
  device: string;
  /** The number of the next dataset's text. */
  next: number;
  places: { readonly identity: string; readonly dataset: string; readonly number: number }[];
}

interface DatasetText {
  readonly progress: Progress;
  readonly records: readonly StoredRecord[];
  readonly pending: { readonly body: PushBody; readonly edits: readonly (readonly [string, number])[] } | null;
}

interface Held {
  progress: Progress;
  readonly records: Map<string, StoredRecord>;
  pending: PendingPush | null;
}

/** The texts that a transaction leaves otherwise than it found them; `null`: removed. */
type Writes = Map<string, string | null>;

/**
 * Keeps each dataset as one text. A transaction over several texts is first written down whole in a journal, so that
 * whoever finds the journal after a crash can bring it to its end.
 */
export class DocumentStore implements Store {
  readonly #documents: Documents;

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  transaction<T>(body: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#documents.alone(async () => {
      await this.#recover();
      const work = new Work(this.#documents);
      const result = await body(work);
      await this.#commit(work.writes());
      return result;
    });
  }

  /** Brings to its end what the journal tells of. */
  async #recover(): Promise<void> {
    const journal = await this.#documents.read(JOURNAL);
    if (journal !== null) {
      await this.#apply(new Map(JSON.parse(journal) as [string, string | null][]));
      await this.#documents.remove(JOURNAL);
    }
  }

  async #commit(writes: Writes): Promise<void> {
    if (writes.size <= 1) {
      await this.#apply(writes);
      return;
    }
    await this.#documents.write(JOURNAL, JSON.stringify([...writes]));
    try {
      await this.#recover();
    } catch {
      // The journal stands, so it has happened: whatever comes next begins by bringing it to its end.
    }
  }

  async #apply(writes: Writes): Promise<void> {
    for (const [name, text] of writes) {
      await (text === null ? this.#documents.remove(name) : this.#documents.write(name, text));
    }
  }
}

/** One transaction: reads texts when they are first asked for, and keeps changes to itself. */
class Work implements Transaction {
  readonly #documents: Documents;
  #index: Index | null = null;
  #indexChanged = false;
  readonly #held = new Map<number, Held>();
  readonly #changed = new Set<number>();
  readonly #removed = new Set<number>();

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  writes(): Writes {
    const writes: Writes = new Map();
    for (const number of this.#changed) {
      const held = this.#held.get(number);
      if (held !== undefined) {
        writes.set(textName(number), written(held));
      }
    }
    for (const number of this.#removed) {
      writes.set(textName(number), null);
    }
    if (this.#indexChanged) {
      writes.set(INDEX, JSON.stringify(this.#index));
    }
    return writes;
  }

  async device(): Promise<string> {
    return (await this.#theIndex()).device;
  }

  async datasets(identity: string): Promise<string[]> {
    const { places } = await this.#theIndex();
    const names = places.filter((each) => each.identity === identity).map((each) => each.dataset);
    return names.sort(compareText);
  }

  async progress(place: Place): Promise<Progress> {
    return (await this.#find(place))?.progress ?? { since: 0, seenAt: 0, edits: 0 };
  }

  async record(place: Place, key: string): Promise<StoredRecord | undefined> {
    return (await this.#find(place))?.records.get(key);
  }

  async records(place: Place): Promise<ReadonlyMap<string, StoredRecord>> {
    const records = [...((await this.#find(place))?.records ?? [])];
    return new Map(records.sort(([a], [b]) => compareText(a, b)));
  }

  async pending(place: Place): Promise<PendingPush | null> {
    return (await this.#find(place))?.pending ?? null;
  }

  async setProgress(place: Place, progress: Progress): Promise<void> {
    (await this.#change(place)).progress = progress;
  }

  async save(place: Place, record: StoredRecord): Promise<void> {
    (await this.#change(place)).records.set(record.key, record);
  }

  async drop(place: Place, key: string): Promise<void> {
    (await this.#change(place)).records.delete(key);
  }

  async setPending(place: Place, push: PendingPush | null): Promise<void> {
    (await this.#change(place)).pending = push;
  }

  async dropDataset(place: Place): Promise<void> {
    const index = await this.#theIndex();
    const number = numberOf(index, place);
    if (number !== undefined) {
      index.places = index.places.filter((each) => each.number !== number);
      this.#indexChanged = true;
      this.#held.delete(number);
      this.#changed.delete(number);
      this.#removed.add(number);
    }
  }

  async #theIndex(): Promise<Index> {
    if (this.#index === null) {
      const text = await this.#documents.read(INDEX);
      const made: Index = { version: 1, device: madeUp(DEVICE_BYTES), next: 1, places: [] };
      this.#index = text === null ? made : (JSON.parse(text) as Index);
      this.#indexChanged = text === null;
    }
    return this.#index;
  }

  async #find(place: Place): Promise<Held | undefined> {
    const number = numberOf(await this.#theIndex(), place);
    if (number === undefined) {
      return undefined;
    }
    let held = this.#held.get(number);
    if (held === undefined) {
      held = read(await this.#documents.read(textName(number)));
      this.#held.set(number, held);
    }
    return held;
  }

  async #change(place: Place): Promise<Held> {
    const index = await this.#theIndex();
    let number = numberOf(index, place);
    if (number === undefined) {
      number = index.next;
      index.next += 1;
      index.places.push({ identity: place.identity, dataset: place.dataset, number });
      this.#indexChanged = true;
      this.#held.set(number, read(null));
    }
    this.#changed.add(number);
    return (await this.#find(place)) ?? read(null);
  }
}

/** Makes up a name of twice as many characters as bytes. */
export function madeUp(bytes: number): string {
  const drawn = globalThis.crypto.getRandomValues(new Uint8Array(bytes));
  return [...drawn].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function numberOf(index: Index, place: Place): number | undefined {
  return index.places.find((each) => each.identity === place.identity && each.dataset === place.dataset)?.number;
}

function textName(number: number): string {
  return `dataset-${number}`;
}

function written(held: Held): string {
  const pending = held.pending === null ? null : { body: held.pending.body, edits: [...held.pending.edits] };
  const text: DatasetText = { progress: held.progress, records: [...held.records.values()], pending };
  return JSON.stringify(text);
}

function read(text: string | null): Held {
  if (text === null) {
    return { progress: { since: 0, seenAt: 0, edits: 0 }, records: new Map(), pending: null };
  }
  const found = JSON.parse(text) as DatasetText;
  return {
    progress: found.progress,
    records: new Map(found.records.map((each) => [each.key, each])),
    pending: found.pending === null ? null : { body: found.pending.body, edits: new Map(found.pending.edits) },
  };
}
