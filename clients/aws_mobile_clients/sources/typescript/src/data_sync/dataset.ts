/** One dataset on one device: read and changed at any time, brought in step with the service when asked. */

import { type Handler, lastWriter } from "./handlers.js";
import { type Request, failure, OK } from "./protocol.js";
import type { Outcome, Setting } from "./setting.js";
import type { Place, Transaction } from "./store.js";
import { Synchronization } from "./synchronization.js";
import { checkedKey, checkedValue } from "./text.js";
import type { Turns } from "./turns.js";

/** A named set of records, text under text keys, of one identity. */
export class Dataset {
  readonly #setting: Setting;
  readonly #place: Place;
  readonly #turns: Turns;

  /** Stands for the dataset at `place`; a manager gives these out. One device pushes one thing at a time: in turns. */
  constructor(setting: Setting, place: Place, turns: Turns) {
    this.#setting = setting;
    this.#place = place;
    this.#turns = turns;
  }

  /** The dataset's name. */
  get name(): string {
    return this.#place.dataset;
  }

  /** What the device holds under the key; `null` if nothing. */
  async get(key: string): Promise<string | null> {
    checkedKey(key);
    const record = await this.#setting.store.transaction((transaction) => transaction.record(this.#place, key));
    return record?.value ?? null;
  }

  /** Everything that the device holds, in the order of the keys. */
  async all(): Promise<Map<string, string>> {
    const records = await this.#setting.store.transaction((transaction) => transaction.records(this.#place));
    const live = new Map<string, string>();
    for (const { key, value } of records.values()) {
      if (value !== null) {
        live.set(key, value);
      }
    }
    return live;
  }

  /** Sets a record on this device; once the promise is fulfilled, the change survives a crash. */
  async put(key: string, value: string): Promise<void> {
    await this.#edit(checkedKey(key), checkedValue(value));
  }

  /** Removes a record on this device; one that is not there stays so. */
  async remove(key: string): Promise<void> {
    await this.#edit(checkedKey(key), null);
  }

  /**
   * Brings this device and the service in step: pulls, lets `handler` decide conflicts, pushes.
   *
   * Fails with a `SyncError` if it cannot be done now; every local change is kept, and the next call goes on from
   * there.
   */
  synchronize(handler: Handler = lastWriter): Promise<Outcome> {
    return this.#turns.take(() => new Synchronization(this.#setting, this.#place, handler).run());
  }

  /**
   * Deletes the dataset, at the service and then on this device; the device must be online.
   *
   * Refused with the code `DatasetChanged` if the service holds what this device has not seen: nothing is deleted then;
   * synchronise, and delete again. Local changes that were not pushed go with it.
   */
  delete(): Promise<void> {
    return this.#turns.take(async () => {
      const { store, transport } = this.#setting;
      const { since } = await store.transaction((transaction) => transaction.progress(this.#place));
      const query = { identity: this.#place.identity, base: String(since) };
      const request: Request = { method: "DELETE", path: `/sync/datasets/${this.name}`, query };
      const answer = await transport.send(request);
      if (answer.status !== OK) {
        throw failure(answer, request);
      }
      await store.transaction((transaction) => transaction.dropDataset(this.#place));
    });
  }

  #edit(key: string, value: string | null): Promise<void> {
    return this.#setting.store.transaction(async (transaction) => {
      const held = await transaction.record(this.#place, key);
      if (value === null) {
        if (held === undefined || held.value === null) {
          return;
        }
        if (held.base === 0 && !(await this.#isPending(transaction, key))) {
          // The service never heard of it, so there is nothing to tell; this also takes back what it refused.
          await transaction.drop(this.#place, key);
          return;
        }
      }
      const progress = await transaction.progress(this.#place);
      const edit = progress.edits + 1;
      await transaction.setProgress(this.#place, { ...progress, edits: edit });
      const changedAt = this.#setting.clock();
      await transaction.save(this.#place, { key, value, base: held?.base ?? 0, changedAt, edit });
    });
  }

  async #isPending(transaction: Transaction, key: string): Promise<boolean> {
    return (await transaction.pending(this.#place))?.edits.has(key) ?? false;
  }
}
