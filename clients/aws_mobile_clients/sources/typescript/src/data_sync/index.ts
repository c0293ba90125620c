/**
 * A user's data in step across their devices.
 *
 * Open a manager, then datasets by name; read and change records at any time, offline too; call `synchronize` whenever
 * it suits the app.
 */

export { Dataset } from "./dataset.js";
export { type Documents, DocumentStore } from "./documents.js";
export {
  InvalidError,
  NoAnswerError,
  RefusedError,
  SyncBusyError,
  SyncError,
  UnavailableError,
} from "./errors.js";
export {
  type Conflict,
  type Decision,
  type Handler,
  lastWriter,
  LOCAL,
  local,
  type LocalChange,
  REMOTE,
  remote,
} from "./handlers.js";
export { type Options, SyncManager } from "./manager.js";
export { MemoryStore } from "./memory_store.js";
export type { Answer, Change, DatasetInfo, PushBody, RemoteRecord, Request, Transport } from "./protocol.js";
export type { Outcome } from "./setting.js";
export type { PendingPush, Place, Progress, Store, StoredRecord, Transaction } from "./store.js";
export { type KeyValueStorage, WebStorageStore } from "./web_storage_store.js";
