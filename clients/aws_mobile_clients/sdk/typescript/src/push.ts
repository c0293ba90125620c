/** The devices of a user, and the messages that they get. */

import type { Fetch } from "./signing.js";

/** How a platform's messages reach a device. */
export type Platform = "apns" | "apns_sandbox" | "fcm" | "adm";

/** What an app says of the device that it runs on. */
export interface Registration {
  readonly platform: Platform;
  /** The push token that the platform gave. */
  readonly token: string;
  /** The topics that it hears from now on; those it had, if not given. */
  readonly topics?: readonly string[];
}

/** A device as the service knows it. */
export interface Device {
  readonly device: string;
  readonly platform: Platform;
  readonly topics: readonly string[];
  /** When it was registered, in seconds since 1970. */
  readonly registered_at: number;
}

/** Whom a message goes to: one of these. */
export type Recipient =
  | { readonly topic: string }
  | { readonly user: string; readonly device?: string }
  | { readonly phone_number: string };

/** What is sent. */
export interface Message {
  readonly title?: string;
  readonly body?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly badge?: number;
  readonly sound?: string;
  readonly silent?: boolean;
  readonly collapse_key?: string;
  readonly ttl_seconds?: number;
}

/** What became of a message. */
export interface Sent {
  readonly message_id?: string;
  readonly sent?: number;
  readonly failed?: number;
  readonly results?: readonly { device: string; platform: Platform; status: string; reason?: string }[];
}

/** The service refused, or could not. */
export class PushError extends Error {
  override name = "PushError";

  constructor(
    readonly status: number,
    /** The kind of refusal, such as `NoPlatform`; empty if the gateway refused. */
    readonly code: string,
    message: string,
    /** What was wrong in the request, such as `topics[1]`. */
    readonly field: string | null,
  ) {
    super(`push notifications refused it (${status} ${code}): ${message}`);
  }
}

/** Registers devices, and sends where the user is in a group that may. */
export class Push {
  readonly #url: string;
  readonly #fetch: Fetch;

  constructor(url: string, fetch: Fetch) {
    this.#url = url;
    this.#fetch = fetch;
  }

  /** Returns the user's devices. */
  async devices(): Promise<readonly Device[]> {
    return ((await this.#call("GET", ["devices"])) as { devices: Device[] }).devices;
  }

  /** Registers this device; call it at every start, after every sign-in, and for every new token. */
  async register(device: string, registration: Registration): Promise<Device> {
    return (await this.#call("PUT", ["devices", device], registration)) as Device;
  }

  /** Removes a device; call it before the user signs out. Returns whether it was there. */
  async remove(device: string): Promise<boolean> {
    return ((await this.#call("DELETE", ["devices", device])) as { removed: boolean }).removed;
  }

  /** Subscribes a device to a topic. */
  async subscribe(device: string, topic: string): Promise<Device> {
    return (await this.#call("PUT", ["devices", device, "topics", topic])) as Device;
  }

  /** Ends a device's subscription to a topic. */
  async unsubscribe(device: string, topic: string): Promise<Device> {
    return (await this.#call("DELETE", ["devices", device, "topics", topic])) as Device;
  }

  /** Sends a message; under the same token it is sent once in seven days. */
  async send(to: Recipient, message: Message, token?: string): Promise<Sent> {
    return (await this.#call("POST", ["messages"], { to, message, token })) as Sent;
  }

  async #call(method: string, path: readonly string[], body?: unknown): Promise<unknown> {
    const url = `${this.#url}/${path.map(encodeURIComponent).join("/")}`;
    const told =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const response = await this.#fetch(url, { method, ...told });
    const said = (await response.json().catch(() => null)) as Record<string, string> | null;
    if (!response.ok) {
      throw new PushError(response.status, said?.["code"] ?? "", said?.["message"] ?? "", said?.["field"] ?? null);
    }
    return said;
  }
}
