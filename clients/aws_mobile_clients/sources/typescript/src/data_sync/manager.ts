/** What an app opens once: the datasets of one identity on this device. */

import { Dataset } from "./dataset.js";
import { madeUp } from "./documents.js";
import { type DatasetInfo, failure, OK, readList, type Request, type Transport } from "./protocol.js";
import type { Setting } from "./setting.js";
import type { Place, Store, Transaction } from "./store.js";
import { checkedName } from "./text.js";
import { Turns } from "./turns.js";

const MAX_CHANGES = 90;
/** The service takes 3.5 MB; the rest is for what is around the changes. */
const MAX_PUSH_BYTES = 3_000_000;
const TOKEN_BYTES = 16;

/** What tests, and services with other limits, set otherwise. */
export interface Options {
  /** The device's name, 1 to 64 of A-Z, a-z, 0-9, _ and -; the store's own unless given. */
  readonly device?: string;
  /** The device's clock, in milliseconds since 1970. */
  readonly clock?: () => number;
  /** Makes up a token that no push had before. */
  readonly newToken?: () => string;
  /** The most changes of one push; no more than the service takes. */
  readonly maxChanges?: number;
  readonly maxPushBytes?: number;
}

/** The datasets of one identity on this device. */
export class SyncManager {
  readonly #setting: Setting;
  #identity: string;
  readonly #turns = new Map<string, Turns>();

  /** Works for `identity`, the Cognito identity that `transport` signs for, with what `store` holds of it. */
  constructor(store: Store, transport: Transport, identity: string, options: Options = {}) {
    this.#setting = {
      store,
      transport,
      device: options.device ?? null,
      clock: options.clock ?? Date.now,
      newToken: options.newToken ?? (() => madeUp(TOKEN_BYTES)),
      maxChanges: options.maxChanges ?? MAX_CHANGES,
      maxPushBytes: options.maxPushBytes ?? MAX_PUSH_BYTES,
    };
    this.#identity = identity;
  }

  /** The identity whose datasets these are. */
  get identity(): string {
    return this.#identity;
  }

  /** The dataset of this name, without asking the service; it need not exist yet. */
  open(name: string): Dataset {
    const place = { identity: this.#identity, dataset: checkedName(name) };
    const id = JSON.stringify([place.identity, place.dataset]);
    const turns = this.#turns.get(id) ?? new Turns();
    this.#turns.set(id, turns);
    return new Dataset(this.#setting, place, turns);
  }

  /** Asks the service what datasets the identity has; the device must be online. */
  async list(): Promise<DatasetInfo[]> {
    const request: Request = { method: "GET", path: "/sync/datasets", query: { identity: this.#identity } };
    const answer = await this.#setting.transport.send(request);
    if (answer.status !== OK) {
      throw failure(answer, request);
    }
    return readList(answer);
  }

  /**
   * Goes on as `identity`, to whom the guest has signed in, and brings along what the device held so far.
   *
   * Each record becomes a local change of the new identity, unless it has one of its own under that key; where the
   * service holds something else, the next synchronisation asks its handler. Happens whole or not at all, and doing it
   * again changes nothing. Datasets that were opened before are those of the old identity: open them again.
   *
   * For another person on the same device, make a manager of their own instead: nothing is brought along then.
   */
  async useIdentity(identity: string): Promise<void> {
    const before = this.#identity;
    if (identity === before) {
      return;
    }
    await this.#setting.store.transaction(async (transaction) => {
      for (const dataset of await transaction.datasets(before)) {
        const old = { identity: before, dataset };
        await bring(transaction, old, { identity, dataset });
        await transaction.dropDataset(old);
      }
    });
    this.#identity = identity;
  }
}

/** Makes the records at `old` local changes at `place`. */
async function bring(transaction: Transaction, old: Place, place: Place): Promise<void> {
  const held = await transaction.records(place);
  let { edits } = await transaction.progress(place);
  let brought = false;
  for (const record of (await transaction.records(old)).values()) {
    if (record.value !== null && (held.get(record.key)?.edit ?? 0) === 0) {
      edits += 1;
      brought = true;
      await transaction.save(place, { ...record, base: 0, edit: edits });
    }
  }
  if (brought) {
    // From 0: the next pull must tell of what this identity already has under these keys.
    await transaction.setProgress(place, { since: 0, seenAt: 0, edits });
  }
}
