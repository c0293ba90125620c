/** What a device keeps of datasets: durable, and changed in transactions that happen whole or not at all. */

import type { PushBody } from "./protocol.js";

/** A record as the device holds it. */
export interface StoredRecord {
  readonly key: string;
  /** `null`: it was removed. */
  readonly value: string | null;
  /** The record's count at the service, as far as the device knows; 0: the service never told of it. */
  readonly base: number;
  /** When it was changed, in milliseconds since 1970, by the clock of the device that did. */
  readonly changedAt: number;
  /** The number of the local change that the service has not taken yet; 0: there is none. */
  readonly edit: number;
}

/** How far a dataset is in step with the service. */
export interface Progress {
  /** The device holds everything that the service took up to this count. */
  readonly since: number;
  /** When that was, by the service's clock, in seconds since 1970. */
  readonly seenAt: number;
  /** The number of the last local change. */
  readonly edits: number;
}

/** A push that was sent, or was about to be, and of which no answer is known. */
export interface PendingPush {
  /** What is sent, again and again, until an answer comes: its token makes it count once. */
  readonly body: PushBody;
  /** The number of the local change that was sent, by key. */
  readonly edits: ReadonlyMap<string, number>;
}

/** Where a store keeps a dataset: each identity has its own. */
export interface Place {
  readonly identity: string;
  readonly dataset: string;
}

/** Reads and changes inside one transaction. */
export interface Transaction {
  /** The name of this device, made up when the store was. */
  device(): Promise<string>;
  /** The names of the datasets that are kept of an identity, in order. */
  datasets(identity: string): Promise<string[]>;
  progress(place: Place): Promise<Progress>;
  /** One record, a removed one too. */
  record(place: Place, key: string): Promise<StoredRecord | undefined>;
  /** All records by key, removed ones too. */
  records(place: Place): Promise<ReadonlyMap<string, StoredRecord>>;
  /** The push of which no answer is known. */
  pending(place: Place): Promise<PendingPush | null>;
  setProgress(place: Place, progress: Progress): Promise<void>;
  save(place: Place, record: StoredRecord): Promise<void>;
  /** Forgets a record. */
  drop(place: Place, key: string): Promise<void>;
  /** Keeps the push that is about to be sent, or forgets it. */
  setPending(place: Place, push: PendingPush | null): Promise<void>;
  /** Forgets everything about a dataset. */
  dropDataset(place: Place): Promise<void>;
}

/** Where a device keeps its datasets; `MemoryStore`, `WebStorageStore`, `FileStore`, or an app's own. */
export interface Store {
  /**
   * Does everything inside whole, or, if it throws or the device dies, not at all; alone of all transactions.
   *
   * Once the promise is fulfilled, the changes survive a crash. Transactions are not nested.
   */
  transaction<T>(body: (transaction: Transaction) => Promise<T>): Promise<T>;
}
