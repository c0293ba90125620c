/** Decides, as a pure function, what a pull makes of the records that a device holds. */

import { type Conflict, type Decision, LOCAL, REMOTE } from "./handlers.js";
import type { Pulled, RemoteRecord } from "./protocol.js";
import type { StoredRecord } from "./store.js";
import { compareText } from "./text.js";

/** What was decided, under `decidedFor`. */
export type Decisions = ReadonlyMap<string, Decision>;

/** What is to be stored of a pull. */
export interface Merge {
  readonly saved: StoredRecord[];
  /** What the service lost and the device still has; they become local changes, numbered in this order. */
  readonly revived: StoredRecord[];
  /** What a handler made up; they become local changes of now, numbered in this order after the revived ones. */
  readonly decided: Pick<StoredRecord, "key" | "value" | "base">[];
  readonly dropped: string[];
  /** Conflicts that nobody has decided yet; with any of them, nothing may be stored. */
  readonly open: Conflict[];
  /** Records that another device changed. */
  news: number;
}

/** Under what a decision is kept: another local edit, or another count at the service, is another conflict. */
export function decidedFor(held: StoredRecord, remote: RemoteRecord): string {
  return JSON.stringify([held.key, held.edit, remote.syncCount]);
}

/** Merges a pull into the records that are held. */
export function merge(
  dataset: string,
  held: ReadonlyMap<string, StoredRecord>,
  pulled: Pulled,
  decisions: Decisions,
): Merge {
  const result: Merge = { saved: [], revived: [], decided: [], dropped: [], open: [], news: 0 };
  for (const remote of pulled.records) {
    take(result, dataset, held.get(remote.key), remote, decisions);
  }
  if (pulled.since === 0) {
    const there = new Set(pulled.records.map((each) => each.key));
    const inOrder = [...held.values()].sort((a, b) => a.edit - b.edit || compareText(a.key, b.key));
    for (const record of inOrder) {
      if (!there.has(record.key)) {
        miss(result, dataset, record, pulled, decisions);
      }
    }
  }
  return result;
}

/** Whether the device holds what the service once took and has not any more: a copy took over that was behind. */
export function isAhead(held: ReadonlyMap<string, StoredRecord>, syncCount: number): boolean {
  return [...held.values()].some((record) => record.base > syncCount);
}

/** Merges a record that the pull brought. */
function take(
  result: Merge,
  dataset: string,
  record: StoredRecord | undefined,
  remote: RemoteRecord,
  decisions: Decisions,
): void {
  if (record === undefined) {
    result.news += 1;
    result.saved.push(synchronised(remote));
  } else if (remote.syncCount < record.base) {
    // The service was set back: what this device holds is newer and becomes a change again.
    const rebased = { ...record, base: remote.syncCount };
    (record.edit > 0 ? result.saved : result.revived).push(rebased);
  } else if (remote.syncCount > record.base) {
    result.news += 1;
    if (record.edit > 0 && record.value !== remote.value) {
      decide(result, dataset, record, remote, decisions);
    } else {
      result.saved.push(synchronised(remote));
    }
  }
}

/** Merges a record that the device holds and the service does not. */
function miss(result: Merge, dataset: string, record: StoredRecord, pulled: Pulled, decisions: Decisions): void {
  if (record.value === null || (record.edit === 0 && record.base <= pulled.syncCount)) {
    result.dropped.push(record.key);
  } else if (record.base > pulled.syncCount) {
    const rebased = { ...record, base: 0 };
    (record.edit > 0 ? result.saved : result.revived).push(rebased);
  } else if (record.base > 0) {
    const nothing = { key: record.key, value: null, syncCount: 0, changedAt: 0, device: "" };
    decide(result, dataset, record, nothing, decisions);
  }
}

function decide(
  result: Merge,
  dataset: string,
  record: StoredRecord,
  remote: RemoteRecord,
  decisions: Decisions,
): void {
  const decision = decisions.get(decidedFor(record, remote));
  if (decision === undefined) {
    const local = { value: record.value, changedAt: record.changedAt };
    result.open.push({ dataset, key: record.key, local, remote });
  } else if (decision === REMOTE || decision === remote.value) {
    if (remote.syncCount > 0) {
      result.saved.push(synchronised(remote));
    } else {
      result.dropped.push(record.key);
    }
  } else if (decision === LOCAL || decision === record.value) {
    result.saved.push({ ...record, base: remote.syncCount });
  } else {
    result.decided.push({ key: record.key, value: decision, base: remote.syncCount });
  }
}

function synchronised(remote: RemoteRecord): StoredRecord {
  return { key: remote.key, value: remote.value, base: remote.syncCount, changedAt: remote.changedAt, edit: 0 };
}
