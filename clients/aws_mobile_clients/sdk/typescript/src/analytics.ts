/** Tells the backend what users do: events are kept until they are sent, and sent again until they are taken. */

import type { SessionSource } from "./session.js";
import { type Fetch, signedFetch } from "./signing.js";

/** Where events go, as the stack's output `analytics.client` says it. */
export interface AnalyticsConfig {
  readonly region: string;
  readonly service: "kinesis" | "firehose";
  readonly stream: string;
  readonly schema_version: string;
  /** Where the service is reached; AWS's own address if not given. */
  readonly endpoint?: string;
}

/** What every event says of the app and of who uses it. */
export interface Teller {
  /** Made once at installation and kept. */
  readonly deviceId: string;
  readonly platform?: "android" | "ios" | "web" | "other";
  readonly appVersion?: string;
  readonly locale?: string;
}

/** What an event says beside its type. */
export interface Details {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly metrics?: Readonly<Record<string, number>>;
}

/** What became of the events that waited. */
export interface Flushed {
  readonly sent: number;
  /** Those that the service did not take; the next flush sends them again. */
  readonly waiting: number;
}

interface Waiting {
  readonly event_id: string;
  readonly [field: string]: unknown;
}

/** The service refused a whole batch; its events still wait. */
export class AnalyticsError extends Error {
  override name = "AnalyticsError";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(`the stream refused the events (${status}): ${message}`);
  }
}

/** At 32 KiB for an event this stays below what one call may carry: 4 MiB for Firehose, 10 for Kinesis. */
const BATCH = 100;
/** Beyond this the oldest events go: a device that is offline for months keeps its memory. */
const LONGEST_QUEUE = 10_000;

/** The events of one device. They wait in memory: flush when the app goes into the background. */
export class Analytics {
  readonly #config: AnalyticsConfig;
  readonly #teller: Teller;
  readonly #fetch: Fetch;
  readonly #url: string;
  #waiting: Waiting[] = [];
  #sessionId: string = crypto.randomUUID();
  #userId: string | undefined;
  #flushing: Promise<Flushed> | undefined;

  constructor(config: AnalyticsConfig, teller: Teller, session: SessionSource, fetch?: Fetch) {
    this.#config = config;
    this.#teller = teller;
    this.#url = config.endpoint ?? `https://${config.service}.${config.region}.amazonaws.com/`;
    this.#fetch = signedFetch({ region: config.region, service: config.service, session, ...(fetch && { fetch }) });
  }

  /** Begins a session: what is recorded from now on belongs to it. */
  startSession(): void {
    this.#sessionId = crypto.randomUUID();
  }

  /** Says who is signed in; events recorded from now on name them, or nobody. */
  identify(userId: string | undefined): void {
    this.#userId = userId;
  }

  /** Keeps an event until the next flush. */
  record(eventType: string, details: Details = {}): void {
    this.#waiting.push({
      event_id: crypto.randomUUID(),
      event_type: eventType,
      schema_version: Number(this.#config.schema_version),
      client_time: Date.now(),
      device_id: this.#teller.deviceId,
      session_id: this.#sessionId,
      user_id: this.#userId,
      platform: this.#teller.platform,
      app_version: this.#teller.appVersion,
      locale: this.#teller.locale,
      attributes: details.attributes,
      metrics: details.metrics,
    });
    this.#waiting = this.#waiting.slice(-LONGEST_QUEUE);
  }

  /** Sends what waits; one flush at a time. What was sent and not confirmed is sent again, and counts once. */
  flush(): Promise<Flushed> {
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  async #flush(): Promise<Flushed> {
    const waiting = [...this.#waiting];
    const taken = new Set<Waiting>();
    for (let start = 0; start < waiting.length; start += BATCH) {
      const batch = waiting.slice(start, start + BATCH);
      const refused = await this.#put(batch);
      batch.filter((_, place) => !refused[place]).forEach((event) => taken.add(event));
      // Whatever comes to be recorded meanwhile stands behind.
      this.#waiting = this.#waiting.filter((event) => !taken.has(event));
    }
    return { sent: taken.size, waiting: this.#waiting.length };
  }

  /** Sends a batch and returns for each event whether it was refused. */
  async #put(batch: readonly Waiting[]): Promise<readonly boolean[]> {
    const sent_at = Date.now();
    const data = batch.map((event) => base64(JSON.stringify({ ...event, sent_at })));
    const { service, stream } = this.#config;
    const [target, order] =
      service === "kinesis"
        ? [
            "Kinesis_20131202.PutRecords",
            {
              StreamName: stream,
              Records: data.map((Data) => ({ Data, PartitionKey: this.#teller.deviceId })),
            },
          ]
        : ["Firehose_20150804.PutRecordBatch", { DeliveryStreamName: stream, Records: data.map((Data) => ({ Data })) }];
    const response = await this.#fetch(this.#url, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
      body: JSON.stringify(order),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new AnalyticsError(response.status, text);
    }
    const said = JSON.parse(text) as { Records?: Result[]; RequestResponses?: Result[] };
    const results = said.Records ?? said.RequestResponses ?? [];
    return batch.map((_, place) => results[place]?.ErrorCode !== undefined && results[place]?.ErrorCode !== null);
  }
}

interface Result {
  readonly ErrorCode?: string | null;
}

function base64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
