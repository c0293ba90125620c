/** What can go wrong between a device and the service. */

/** A synchronisation did not come to its end; no local change is lost by it. */
export class SyncError extends Error {
  override name = "SyncError";
}

/**
 * No answer came, or none that the service gives: the device is offline, or a hotspot's own page answered.
 *
 * Whether the service took a push is not known; the next synchronisation sends the same push again.
 */
export class NoAnswerError extends SyncError {
  override name = "NoAnswerError";
}

/** The service was too busy or broken; the next synchronisation sends the same push again. */
export class UnavailableError extends SyncError {
  override name = "UnavailableError";

  constructor(
    readonly status: number,
    message: string,
    /** How long the service asks to be left alone. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(`the service answered ${status}: ${message}`);
  }
}

/** The service refuses what was asked, and will again until something changes. */
export class RefusedError extends SyncError {
  override name = "RefusedError";

  constructor(
    readonly status: number,
    /** The kind of refusal, such as `TooLarge`; empty if the gateway refused before the service saw it. */
    readonly code: string,
    message: string,
    /** What was wrong in the request, such as `changes[3].value`. */
    readonly field: string | null = null,
    /** The record that `field` is about, if it is about one: change it or remove it, and synchronise again. */
    readonly key: string | null = null,
  ) {
    super(`the service refused it (${status} ${code}): ${message}`);
  }
}

/** Other devices changed the dataset again and again while this one tried; try later. */
export class SyncBusyError extends SyncError {
  override name = "SyncBusyError";

  constructor(dataset: string, rounds: number) {
    super(`dataset "${dataset}" changed during each of ${rounds} rounds`);
  }
}

/** A name, key or value that no service would take; nothing was stored. */
export class InvalidError extends TypeError {
  override name = "InvalidError";

  constructor(what: string, got: unknown, allowed: string) {
    const shown = JSON.stringify(got) ?? String(got);
    super(`${what}: got ${shown.length <= SHOWN ? shown : `${shown.slice(0, SHOWN)}…`}; allowed: ${allowed}`);
  }
}

/** A value may be a quarter of a megabyte long. */
const SHOWN = 80;
