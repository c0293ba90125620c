/** Goes through a conformance vector with a store. */

import { isDeepStrictEqual } from "node:util";

import {
  type Answer,
  type Conflict,
  type Handler,
  InvalidError,
  lastWriter,
  local,
  NoAnswerError,
  RefusedError,
  remote,
  type Request,
  type Store,
  SyncBusyError,
  SyncManager,
  UnavailableError,
} from "../data_sync/index.js";

interface Exchange {
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: {
    readonly lost?: true;
    readonly status?: number;
    readonly body?: unknown;
    readonly retry_after?: number;
  };
  readonly meanwhile?: readonly Step[];
}

interface Step {
  readonly do: string;
  readonly dataset?: string;
  readonly key?: string;
  readonly value?: string;
  readonly identity?: string;
  readonly handler?: "last_writer" | "remote" | "local" | { readonly value?: string | null; readonly join?: string };
  readonly exchange?: readonly Exchange[];
  readonly expect?: unknown;
}

export interface Vector {
  readonly name: string;
  readonly identity: string;
  readonly device: string;
  readonly options?: { readonly max_changes?: number };
  readonly tokens: readonly string[];
  readonly clock: readonly number[];
  readonly steps: readonly Step[];
}

/** Goes through the vector; `reopen` opens the store anew, as a restarted app does. Throws what is wrong. */
export async function follow(vector: Vector, reopen: () => Store): Promise<void> {
  const tokens = [...vector.tokens];
  const clock = [...vector.clock];
  let waiting: Exchange[] = [];
  let manager: SyncManager;

  const send = async (request: Request): Promise<Answer> => {
    const next = waiting.shift();
    if (next === undefined) {
      throw new Error(`asked for ${JSON.stringify(request)}, which the vector does not`);
    }
    same("request", { ...request, body: request.body ?? null }, next.request);
    for (const step of next.meanwhile ?? []) {
      same("meanwhile", await result(step), step.expect ?? null);
    }
    if (next.response.lost) {
      throw new NoAnswerError("lost");
    }
    const { status, body, retry_after } = next.response;
    return { status: status ?? 0, body: body ?? null, retryAfterSeconds: retry_after ?? null };
  };

  const start = (identity: string): SyncManager =>
    new SyncManager(reopen(), { send }, identity, {
      device: vector.device,
      clock: () => drawn("clock", clock.shift()),
      newToken: () => drawn("tokens", tokens.shift()),
      ...(vector.options?.max_changes === undefined ? {} : { maxChanges: vector.options.max_changes }),
    });

  const result = async (step: Step): Promise<unknown> => {
    try {
      return await done(step);
    } catch (error) {
      return told(error);
    }
  };

  const done = async (step: Step): Promise<unknown> => {
    switch (step.do) {
      case "restart":
        manager = start(step.identity ?? manager.identity);
        return null;
      case "use_identity":
        await manager.useIdentity(step.identity ?? "");
        return null;
    }
    const dataset = manager.open(step.dataset ?? "");
    switch (step.do) {
      case "put":
        return (await dataset.put(step.key ?? "", step.value ?? "")) ?? null;
      case "get":
        return dataset.get(step.key ?? "");
      case "remove":
        return (await dataset.remove(step.key ?? "")) ?? null;
      case "all":
        return Object.fromEntries(await dataset.all());
      case "delete":
        return (await dataset.delete()) ?? null;
      case "synchronize":
        return dataset.synchronize(handlerOf(step));
      default:
        throw new Error(`no such step: ${step.do}`);
    }
  };

  manager = start(vector.identity);
  for (const [i, step] of vector.steps.entries()) {
    waiting = [...(step.exchange ?? [])];
    same(`step ${i} (${step.do})`, await result(step), step.expect ?? null);
    same(`requests left at step ${i}`, waiting, []);
  }
  same("tokens left", tokens, []);
  same("clock left", clock, []);
}

function handlerOf({ handler }: Step): Handler {
  if (typeof handler === "object") {
    const { value, join } = handler;
    return join === undefined
      ? () => value ?? null
      : async ({ local, remote }: Conflict) => [local.value, remote.value].filter((each) => each !== null).join(join);
  }
  return { last_writer: lastWriter, remote, local }[handler ?? "last_writer"];
}

/** Says an error as the vectors do. */
function told(error: unknown): unknown {
  if (error instanceof NoAnswerError) {
    return { error: "no_answer" };
  }
  if (error instanceof UnavailableError) {
    return { error: "unavailable", status: error.status };
  }
  if (error instanceof RefusedError) {
    const { status, code, field, key } = error;
    return { error: "refused", status, code, ...(field === null ? {} : { field }), ...(key === null ? {} : { key }) };
  }
  if (error instanceof SyncBusyError) {
    return { error: "busy" };
  }
  if (error instanceof InvalidError) {
    return { error: "invalid" };
  }
  throw error;
}

function drawn<T>(what: string, value: T | undefined): T {
  if (value === undefined) {
    throw new Error(`the vector's ${what} are used up`);
  }
  return value;
}

export function same(what: string, got: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(got)), wanted)) {
    throw new Error(`${what}: got ${JSON.stringify(got)}; wanted ${JSON.stringify(wanted)}`);
  }
}
