/** Lets the device die at every point of a scenario, and looks at what the service was told in the end. */

import {
  type Answer,
  type Conflict,
  type Dataset,
  type Documents,
  DocumentStore,
  NoAnswerError,
  type Request,
  SyncManager,
} from "../data_sync/index.js";
import { same } from "./vectors.js";

/** The device died here; whatever it held only in memory is gone. */
class Death extends Error {}

/** Dies at the `at`-th thing that reaches the outside: before it happens, or when it has and nobody knows. */
class Fate {
  #left: number;
  readonly #happens: boolean;
  dead = false;

  constructor(at: number, happens: boolean) {
    this.#left = at;
    this.#happens = happens;
  }

  async meet<T>(body: () => Promise<T>): Promise<T> {
    if (this.dead) {
      throw new Death();
    }
    if (this.#left > 0) {
      this.#left -= 1;
      return body();
    }
    this.dead = true;
    if (this.#happens) {
      await body();
    }
    throw new Death();
  }
}

class MortalDocuments implements Documents {
  constructor(
    readonly texts: Map<string, string>,
    readonly fate: Fate,
  ) {}

  async read(name: string): Promise<string | null> {
    return this.texts.get(name) ?? null;
  }

  write(name: string, text: string): Promise<void> {
    return this.fate.meet(async () => void this.texts.set(name, text));
  }

  remove(name: string): Promise<void> {
    return this.fate.meet(async () => void this.texts.delete(name));
  }

  alone<T>(body: () => Promise<T>): Promise<T> {
    return body();
  }
}

/** What the service does with pushes and pulls, and all that it ever took. */
class Service {
  readonly taken: string[] = [];
  readonly #datasets = new Map<string, { count: number; records: Map<string, Record<string, unknown>> }>();
  readonly #answers = new Map<string, Answer>();

  answer(request: Request): Answer {
    const id = `${request.query["identity"]} ${request.path}`;
    const dataset = this.#datasets.get(id) ?? { count: 0, records: new Map() };
    this.#datasets.set(id, dataset);
    if (request.body === undefined) {
      const since = Number(request.query["since"]);
      const records = [...dataset.records.values()].filter(
        (each) => Number(each["sync_count"]) > since && (since > 0 || each["value"] !== null),
      );
      return { status: 200, body: { since, sync_count: dataset.count, seen_at: 1, records } };
    }
    const { token, device, changes } = request.body;
    const before = this.#answers.get(token);
    if (before !== undefined) {
      return before;
    }
    const conflicts = changes
      .map((each) => ({ ...each, record: dataset.records.get(each.key) ?? nothing(each.key) }))
      .filter(({ base, record }) => record["sync_count"] !== base);
    if (conflicts.length > 0) {
      return { status: 409, body: { message: "conflict", code: "Conflict", sync_count: dataset.count, conflicts } };
    }
    dataset.count += 1;
    for (const { key, value, changed_at } of changes) {
      this.taken.push(`${id} ${key} ${value}`);
      dataset.records.set(key, { key, value, sync_count: dataset.count, changed_at, device });
    }
    const answer = { status: 200, body: { sync_count: dataset.count, seen_at: 1 } };
    this.#answers.set(token, answer);
    return answer;
  }

  live(identity: string): Record<string, unknown> {
    const records = [...(this.#datasets.get(`${identity} /sync/datasets/notes`)?.records.values() ?? [])];
    return Object.fromEntries(records.filter(({ value }) => value !== null).map(({ key, value }) => [key, value]));
  }
}

function nothing(key: string): Record<string, unknown> {
  return { key, value: null, sync_count: 0 };
}

/** There is one device, so there is never a conflict: one would be with the device's own push. */
function never(conflict: Conflict): never {
  throw new Error(`asked about ${JSON.stringify(conflict)}`);
}

type Step = (manager: SyncManager) => Promise<unknown>;

/** Every kind of transaction, with pushes in two chunks, an edit of what was pushed, a removal and a sign-in. */
const SCENARIO: readonly Step[] = [
  (manager) => manager.open("notes").put("a", "1"),
  (manager) => manager.open("notes").put("b", "2"),
  (manager) => manager.open("notes").put("c", "3"),
  (manager) => manager.open("notes").synchronize(never),
  (manager) => manager.open("notes").put("a", "4"),
  (manager) => manager.open("notes").remove("b"),
  (manager) => manager.open("notes").synchronize(never),
  (manager) => manager.open("notes").put("d", "5"),
  (manager) => manager.useIdentity("user"),
  (manager) => manager.open("notes").put("c", "6"),
  (manager) => manager.open("notes").synchronize(never),
];

/** Lets the device die at every point of the scenario, in both ways, and do that step again; returns at how many. */
export function dieEverywhere(): Promise<number> {
  return everywhere(dieAt);
}

/** Lets the device die at every point of a first push, in both ways, and edit before it does anything else. */
export function editAfterDeath(): Promise<number> {
  return everywhere(editAfterDeathAt);
}

async function everywhere(die: (at: number, happens: boolean) => Promise<boolean>): Promise<number> {
  for (let at = 0; ; at += 1) {
    const died = [await die(at, false), await die(at, true)];
    if (!died.includes(true)) {
      return at;
    }
  }
}

async function dieAt(at: number, happens: boolean): Promise<boolean> {
  const service = new Service();
  const texts = new Map<string, string>();
  let fate = new Fate(at, happens);
  let identity = "guest";
  const start = (): SyncManager => {
    const send = async (request: Request): Promise<Answer> => {
      const copy = JSON.parse(JSON.stringify(request)) as Request;
      return fate.meet(async () => service.answer(copy));
    };
    return new SyncManager(new DocumentStore(new MortalDocuments(texts, fate)), { send }, identity, { maxChanges: 2 });
  };
  let manager = start();
  let died = false;
  for (const step of SCENARIO) {
    try {
      await step(manager);
    } catch (error) {
      if (!(error instanceof Death) && !(error instanceof NoAnswerError)) {
        throw error;
      }
    }
    if (fate.dead) {
      died = true;
      fate = new Fate(Number.MAX_SAFE_INTEGER, false);
      manager = start();
      await step(manager);
    }
    identity = manager.identity;
  }
  const where = `died at ${at}, ${happens ? "after" : "before"} it happened`;
  same(`${where}: the guest's`, service.live("guest"), { a: "4", c: "3" });
  same(`${where}: the user's`, service.live("user"), { a: "4", c: "6", d: "5" });
  const wanted = "guest a 1, guest a 4, guest b 2, guest b null, guest c 3, user a 4, user c 6, user d 5";
  const taken = service.taken.map((each) => each.replace("/sync/datasets/notes ", ""));
  same(`${where}: taken`, taken.sort().join(", "), wanted);
  return died;
}

async function editAfterDeathAt(at: number, happens: boolean): Promise<boolean> {
  const service = new Service();
  const texts = new Map<string, string>();
  const notes = (fate: Fate): Dataset => {
    const send = async (request: Request): Promise<Answer> => fate.meet(async () => service.answer(request));
    return new SyncManager(new DocumentStore(new MortalDocuments(texts, fate)), { send }, "user").open("notes");
  };
  await notes(new Fate(Number.MAX_SAFE_INTEGER, false)).put("a", "1");
  const fate = new Fate(at, happens);
  try {
    await notes(fate).synchronize(never);
  } catch (error) {
    if (!(error instanceof Death)) {
      throw error;
    }
  }
  const again = notes(new Fate(Number.MAX_SAFE_INTEGER, false));
  await again.put("a", "2");
  await again.synchronize(never);
  const where = `died at ${at}, ${happens ? "after" : "before"} it happened`;
  same(`${where}: live`, service.live("user"), { a: "2" });
  same(`${where}: nothing was taken twice`, new Set(service.taken).size, service.taken.length);
  return fate.dead;
}
