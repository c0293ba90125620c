/** What passes between a device and the service, as values: requests, answers and how an answer is read. */

import { NoAnswerError, RefusedError, type SyncError, UnavailableError } from "./errors.js";

/** What a device asks. */
export interface Request {
  readonly method: "GET" | "POST" | "DELETE";
  /** The path as it is meant, such as `/sync/datasets/a:b`; a transport encodes it. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: PushBody;
}

/** What was answered, by the service or by whatever stands before it. */
export interface Answer {
  readonly status: number;
  /** The JSON of the answer; `null` if it was none. */
  readonly body: unknown;
  readonly retryAfterSeconds?: number | null;
}

/** Carries one request to the service; knows addresses and signatures, and nothing of datasets. */
export interface Transport {
  /** Sends the request once and returns what was answered; throws `NoAnswerError` if nothing was. */
  send(request: Request): Promise<Answer>;
}

/** One record of a push, as it is sent. */
export interface Change {
  readonly key: string;
  readonly value: string | null;
  readonly base: number;
  readonly changed_at: number;
}

/** A push, as it is sent. */
export interface PushBody {
  readonly token: string;
  readonly device: string;
  readonly changes: readonly Change[];
}

/** A record as the service holds it. */
export interface RemoteRecord {
  readonly key: string;
  /** `null`: the record was removed, or never was. */
  readonly value: string | null;
  /** The dataset's count when the record last changed; 0 if the service holds nothing under the key. */
  readonly syncCount: number;
  /** When it was changed, in milliseconds since 1970 by the clock of the device that did. */
  readonly changedAt: number;
  /** The device that changed it. */
  readonly device: string;
}

/** What a complete pull brought: the dataset at one sync count. */
export interface Pulled {
  /** The count that the records start from; 0: they are all there is, and what the device held before is void. */
  readonly since: number;
  readonly syncCount: number;
  readonly seenAt: number;
  readonly records: readonly RemoteRecord[];
}

/** What is answered to a push that was taken. */
export interface Taken {
  readonly syncCount: number;
  readonly seenAt: number;
}

/** What a push met that was based on something else. */
export interface Met {
  /** The dataset's count. */
  readonly syncCount: number;
  readonly records: readonly RemoteRecord[];
}

/** A dataset as the service lists it. */
export interface DatasetInfo {
  readonly name: string;
  readonly syncCount: number;
  readonly records: number;
  readonly bytes: number;
  /** When it last changed, as the service says it. */
  readonly changedAt: number;
}

export const OK = 200;
const BAD = 400;
const CONFLICT = 409;
const TOO_LARGE = 413;
const TOO_MANY = 429;
const BROKEN = 500;

/** The service's word for why it refuses; empty if it does not, or if it was not the service that answered. */
export function code(answer: Answer): string {
  const found = answer.status === OK ? undefined : fields(answer.body)["code"];
  return typeof found === "string" ? found : "";
}

/**
 * Whether the answer proves that the service looked at a push and did not take it.
 *
 * A gateway's refusal (expired credentials, too many calls) proves nothing about the same push sent before it.
 */
export function isJudged(answer: Answer): boolean {
  return [BAD, CONFLICT, TOO_LARGE].includes(answer.status) && code(answer) !== "";
}

/** The error that an answer other than 200 is. */
export function failure(answer: Answer, request: Request): SyncError {
  const said = fields(answer.body);
  const message = said["message"] === undefined ? "no reason given" : String(said["message"]);
  if (answer.status >= BAD && answer.status < BROKEN && answer.status !== TOO_MANY) {
    const about = typeof said["field"] === "string" ? said["field"] : null;
    return new RefusedError(answer.status, code(answer), message, about, keyOf(about, request));
  }
  return new UnavailableError(answer.status, message, answer.retryAfterSeconds ?? null);
}

/** The key of the change that a field such as `changes[3].value` is about. */
function keyOf(about: string | null, request: Request): string | null {
  const index = /^changes\[(\d+)\]/.exec(about ?? "")?.[1];
  return index === undefined ? null : (request.body?.changes[Number(index)]?.key ?? null);
}

/** Reads one page of a pull and what to ask for the next. */
export function readPage(answer: Answer): { readonly pulled: Pulled; readonly page: string | null } {
  return reading(answer, (said) => ({
    pulled: {
      since: count(said["since"]),
      syncCount: count(said["sync_count"]),
      seenAt: count(said["seen_at"]),
      records: list(said["records"]).map(record),
    },
    page: said["page"] === undefined || said["page"] === null ? null : text(said["page"]),
  }));
}

/** Reads the answer to a push that was taken. */
export function readTaken(answer: Answer): Taken {
  return reading(answer, (said) => ({ syncCount: count(said["sync_count"]), seenAt: count(said["seen_at"]) }));
}

/** Reads what the service holds instead of what a push was based on. */
export function readMet(answer: Answer): Met {
  return reading(answer, (said) => ({
    syncCount: count(said["sync_count"]),
    records: list(said["conflicts"]).map((each) => record(fields(each)["record"])),
  }));
}

/** Reads the list of datasets. */
export function readList(answer: Answer): DatasetInfo[] {
  return reading(answer, (said) =>
    list(said["datasets"]).map((each) => {
      const found = fields(each);
      return {
        name: text(found["name"]),
        syncCount: count(found["sync_count"]),
        records: count(found["records"]),
        bytes: count(found["bytes"]),
        changedAt: count(found["changed_at"]),
      };
    }),
  );
}

function record(said: unknown): RemoteRecord {
  const found = fields(said);
  return {
    key: text(found["key"]),
    value: found["value"] === null ? null : text(found["value"]),
    syncCount: count(found["sync_count"]),
    changedAt: count(found["changed_at"] ?? 0),
    device: text(found["device"] ?? ""),
  };
}

class Unexpected extends Error {}

/** Turns what is not as the service says it into the error for a hotspot's page or a proxy's cache. */
function reading<T>(answer: Answer, read: (said: Readonly<Record<string, unknown>>) => T): T {
  try {
    return read(fields(answer.body));
  } catch (error) {
    if (!(error instanceof Unexpected)) {
      throw error;
    }
    const shown = (JSON.stringify(answer.body) ?? "").slice(0, SHOWN);
    throw new NoAnswerError(`what was answered is not the service's: ${answer.status} ${shown}`);
  }
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new Unexpected();
  }
  return value;
}

function count(value: unknown): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw new Unexpected();
  }
  return value;
}

function text(value: unknown): string {
  if (typeof value !== "string") {
    throw new Unexpected();
  }
  return value;
}

const SHOWN = 80;
