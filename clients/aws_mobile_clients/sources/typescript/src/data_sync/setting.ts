/** What a dataset works with, and what one synchronisation comes to. */

import type { Transport } from "./protocol.js";
import type { Store } from "./store.js";

/** What one synchronisation did. */
export interface Outcome {
  /** Records that other devices had changed. */
  readonly pulled: number;
  /** Changes of this device that the service took, among them those whose answer was lost before. */
  readonly pushed: number;
  /** Conflicts that the handler decided. */
  readonly conflicts: number;
  /** Rounds after the first. */
  readonly retries: number;
}

/** What the datasets of one manager have in common. */
export interface Setting {
  readonly store: Store;
  readonly transport: Transport;
  /** The device's name; the store's own if it is `null`. */
  readonly device: string | null;
  /** The device's clock, in milliseconds since 1970. */
  readonly clock: () => number;
  /** Makes up a token that no push had before. */
  readonly newToken: () => string;
  readonly maxChanges: number;
  readonly maxPushBytes: number;
}
