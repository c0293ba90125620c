/** The backend of an app: its API, users' data in step, push notifications and analytics. */

export * from "./analytics.js";
export * from "./api/index.js";
export * from "./backend.js";
export * as dataSync from "./data_sync/index.js";
export * from "./push.js";
export * from "./session.js";
export * from "./signing.js";
