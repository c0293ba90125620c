/** Who wins when a record was changed on this device and on another one. */

import type { RemoteRecord } from "./protocol.js";

/** A handler's answer: this device's change stands, and is pushed. */
export const LOCAL: unique symbol = Symbol("local");
/** A handler's answer: the other device's change stands, and this device's is dropped. */
export const REMOTE: unique symbol = Symbol("remote");

/** `LOCAL`, `REMOTE`, another value, or `null` to remove the record. */
export type Decision = typeof LOCAL | typeof REMOTE | string | null;

/** What this device has made of a record. */
export interface LocalChange {
  /** `null`: this device removed it. */
  readonly value: string | null;
  /** When, in milliseconds since 1970 by this device's clock. */
  readonly changedAt: number;
}

/** A record that was changed here and there, to other values. */
export interface Conflict {
  readonly dataset: string;
  readonly key: string;
  readonly local: LocalChange;
  readonly remote: RemoteRecord;
}

/**
 * Decides a conflict.
 *
 * It may be asked twice for one record, if another device is quicker; it must not synchronise the dataset.
 */
export type Handler = (conflict: Conflict) => Decision | Promise<Decision>;

/** Lets the later change stand, by the devices' clocks; the other device's if they say the same time. */
export function lastWriter(conflict: Conflict): Decision {
  return conflict.local.changedAt > conflict.remote.changedAt ? LOCAL : REMOTE;
}

/** Lets the other device's change stand, always. */
export function remote(_: Conflict): Decision {
  return REMOTE;
}

/** Lets this device's change stand, always. */
export function local(_: Conflict): Decision {
  return LOCAL;
}
