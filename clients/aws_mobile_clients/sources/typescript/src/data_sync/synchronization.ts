/** One call of `synchronize`. */

import { SyncBusyError } from "./errors.js";
import type { Decision, Handler } from "./handlers.js";
import { decidedFor, isAhead, type Merge, merge } from "./merging.js";
import {
  type Answer,
  type Change,
  code,
  failure,
  isJudged,
  OK,
  type Pulled,
  type Met,
  readMet,
  readPage,
  readTaken,
  type RemoteRecord,
  type Request,
  type Taken,
} from "./protocol.js";
import type { Outcome, Setting } from "./setting.js";
import type { PendingPush, Place, StoredRecord, Transaction } from "./store.js";
import { checkedValue, jsonLength } from "./text.js";

/** How often a synchronisation starts anew because another device was quicker. */
const ROUNDS = 8;

export class Synchronization {
  readonly #setting: Setting;
  readonly #place: Place;
  readonly #handler: Handler;
  readonly #outcome = { pulled: 0, pushed: 0, conflicts: 0, retries: 0 };
  /** Whether the next pull asks for everything: the service is not what this device remembers. */
  #anew = false;

  constructor(setting: Setting, place: Place, handler: Handler) {
    this.#setting = setting;
    this.#place = place;
    this.#handler = handler;
  }

  /** Sends again what has no answer yet; then pulls and pushes until no other device comes between. */
  async run(): Promise<Outcome> {
    const left = await this.#alone((transaction) => transaction.pending(this.#place));
    if (left !== null) {
      await this.#push(left);
    }
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      this.#outcome.retries = turn;
      if ((await this.#pull()) && (await this.#pushAll())) {
        return { ...this.#outcome };
      }
    }
    throw new SyncBusyError(this.#place.dataset, ROUNDS);
  }

  /** Pulls what is new and merges it; `false` if the dataset changed on the way and it must be done again. */
  async #pull(): Promise<boolean> {
    const pulled = await this.#fetch();
    if (pulled === null) {
      return false;
    }
    const held = await this.#alone((transaction) => transaction.records(this.#place));
    if (pulled.since > 0 && isAhead(held, pulled.syncCount)) {
      this.#anew = true;
      return false;
    }
    this.#anew = false;
    await this.#merge(pulled);
    return true;
  }

  /** Fetches all pages of a pull; `null` if they are not of one count, or if the service was set back. */
  async #fetch(): Promise<Pulled | null> {
    const progress = await this.#alone((transaction) => transaction.progress(this.#place));
    const since = this.#anew ? 0 : progress.since;
    const query: Record<string, string> = { identity: this.#place.identity, since: String(since) };
    if (since > 0) {
      query["seen_at"] = String(progress.seenAt);
    }
    let first: Pulled | null = null;
    const records: RemoteRecord[] = [];
    let page: string | null = null;
    for (;;) {
      const answer: Answer = await this.#ask(page === null ? query : { ...query, page });
      if (answer.status !== OK) {
        this.#anew ||= code(answer) === "FutureCount";
        return null;
      }
      const found = readPage(answer);
      first ??= found.pulled;
      if (found.pulled.syncCount !== first.syncCount) {
        return null;
      }
      records.push(...found.pulled.records);
      page = found.page;
      if (page === null) {
        return { ...first, records };
      }
    }
  }

  /** Merges a pull in one transaction; the handler is asked outside of it, as it may take its time. */
  async #merge(pulled: Pulled): Promise<void> {
    const decisions = new Map<string, Decision>();
    for (;;) {
      const { held, merged } = await this.#alone(async (transaction) => {
        const held = await transaction.records(this.#place);
        const merged = merge(this.#place.dataset, held, pulled, decisions);
        if (merged.open.length === 0) {
          await this.#keep(transaction, merged, pulled);
        }
        return { held, merged };
      });
      if (merged.open.length === 0) {
        this.#outcome.pulled += merged.news;
        this.#outcome.conflicts += decisions.size;
        return;
      }
      for (const conflict of merged.open) {
        const decision = await this.#handler(conflict);
        const asked = held.get(conflict.key);
        if (asked !== undefined) {
          const checked = typeof decision === "string" ? checkedValue(decision) : decision;
          decisions.set(decidedFor(asked, conflict.remote), checked);
        }
      }
    }
  }

  /** Stores a merge. */
  async #keep(transaction: Transaction, merged: Merge, pulled: Pulled): Promise<void> {
    let { edits } = await transaction.progress(this.#place);
    for (const record of merged.saved) {
      await transaction.save(this.#place, record);
    }
    for (const record of merged.revived) {
      edits += 1;
      await transaction.save(this.#place, { ...record, edit: edits });
    }
    for (const each of merged.decided) {
      edits += 1;
      await transaction.save(this.#place, { ...each, changedAt: this.#setting.clock(), edit: edits });
    }
    for (const key of merged.dropped) {
      await transaction.drop(this.#place, key);
    }
    await transaction.setProgress(this.#place, { since: pulled.syncCount, seenAt: pulled.seenAt, edits });
  }

  /** Pushes the changes that stood when this began, oldest first; `false` if another device was quicker. */
  async #pushAll(): Promise<boolean> {
    const { edits } = await this.#alone((transaction) => transaction.progress(this.#place));
    for (;;) {
      const push = await this.#alone((transaction) => this.#nextPush(transaction, edits));
      if (push === null) {
        return true;
      }
      if (!(await this.#push(push))) {
        return false;
      }
    }
  }

  /** Stores the next push with a token of its own before it is sent. */
  async #nextPush(transaction: Transaction, last: number): Promise<PendingPush | null> {
    const records = [...(await transaction.records(this.#place)).values()];
    const edited = records.filter(({ edit }) => 0 < edit && edit <= last).sort((a, b) => a.edit - b.edit);
    if (edited.length === 0) {
      return null;
    }
    const { maxChanges, maxPushBytes } = this.#setting;
    const chosen: StoredRecord[] = [];
    let size = 0;
    for (const record of edited.slice(0, maxChanges)) {
      size += sizeOf(record);
      if (chosen.length > 0 && size > maxPushBytes) {
        break;
      }
      chosen.push(record);
    }
    const changes = chosen.map(
      ({ key, value, base, changedAt }): Change => ({ key, value, base, changed_at: changedAt }),
    );
    const device = this.#setting.device ?? (await transaction.device());
    const body = { token: this.#setting.newToken(), device, changes };
    const push = { body, edits: new Map(chosen.map(({ key, edit }) => [key, edit])) };
    await transaction.setPending(this.#place, push);
    return push;
  }

  /** Sends a push; `false` if it was not taken because the service holds something newer. */
  async #push(push: PendingPush): Promise<boolean> {
    const path = `/sync/datasets/${this.#place.dataset}`;
    const request: Request = { method: "POST", path, query: { identity: this.#place.identity }, body: push.body };
    const answer = await this.#setting.transport.send(request);
    if (answer.status === OK) {
      const taken = readTaken(answer);
      if (await this.#alone((transaction) => this.#settle(transaction, push, taken))) {
        this.#outcome.pushed += push.edits.size;
      }
      return true;
    }
    if (!isJudged(answer)) {
      throw failure(answer, request);
    }
    const why = code(answer);
    const met = why === "Conflict" ? readMet(answer) : { syncCount: 0, records: [] };
    await this.#alone(async (transaction) => {
      await transaction.setPending(this.#place, null);
      await this.#rebase(transaction, met);
    });
    this.#anew ||= why === "FutureCount";
    if (why !== "Conflict" && why !== "FutureCount") {
      throw failure(answer, request);
    }
    return false;
  }

  /**
   * Stores that a push was taken; what was edited since it was sent stays a local change, on the new base.
   *
   * `false` if somebody else who uses the store, such as another tab, was answered first.
   */
  async #settle(transaction: Transaction, push: PendingPush, taken: Taken): Promise<boolean> {
    const known = await transaction.pending(this.#place);
    if (known?.body.token !== push.body.token) {
      return false;
    }
    for (const [key, sent] of push.edits) {
      const record = await transaction.record(this.#place, key);
      if (record !== undefined) {
        const edit = record.edit === sent ? 0 : record.edit;
        await transaction.save(this.#place, { ...record, base: taken.syncCount, edit });
      }
    }
    const progress = await transaction.progress(this.#place);
    // The next count is not enough: the dataset may have been deleted and made again by this very push. Then no record
    // had a count that it could be based on, and the next pull tells what is gone.
    const sameLife = progress.since === 0 || push.body.changes.some(({ base }) => base > 0);
    if (sameLife && progress.since + 1 === taken.syncCount) {
      await transaction.setProgress(this.#place, { ...progress, since: taken.syncCount, seenAt: taken.seenAt });
    }
    await transaction.setPending(this.#place, null);
    return true;
  }

  /**
   * Looks at what a refused push met that no pull would tell of, so that the next round does not stand still.
   *
   * A record that was removed, as this device knows or a complete pull left out, is no conflict: the change was made
   * knowing that it is gone, and only its base is put right. A live one means that this device has a wrong picture.
   */
  async #rebase(transaction: Transaction, met: Met): Promise<void> {
    const { since } = await transaction.progress(this.#place);
    for (const remote of met.records) {
      const record = await transaction.record(this.#place, remote.key);
      // Of a record that is there no longer the service has no count; the pull was complete if nothing is newer.
      const known = remote.syncCount > 0 ? remote.syncCount <= since : met.syncCount === since;
      if (!known || record === undefined || record.edit === 0) {
        continue;
      }
      if (remote.value === null) {
        await transaction.save(this.#place, { ...record, base: remote.syncCount });
      } else {
        this.#anew = true;
      }
    }
  }

  /** Asks about the dataset; anything but an answer or "it changed meanwhile" is an error. */
  async #ask(query: Readonly<Record<string, string>>): Promise<Answer> {
    const request: Request = { method: "GET", path: `/sync/datasets/${this.#place.dataset}`, query };
    const answer = await this.#setting.transport.send(request);
    if (answer.status !== OK && !["DatasetChanged", "FutureCount"].includes(code(answer))) {
      throw failure(answer, request);
    }
    return answer;
  }

  #alone<T>(body: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#setting.store.transaction(body);
  }
}

/** How long a change is in a push, all escaped: never less than it really is. */
function sizeOf(record: StoredRecord): number {
  const numbers = `{"key": , "value": , "base": ${record.base}, "changed_at": ${record.changedAt}}`;
  return numbers.length + jsonLength(record.key) + (record.value === null ? "null".length : jsonLength(record.value));
}
