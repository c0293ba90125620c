/** Carries what data sync asks to the API. */

import { type Answer, NoAnswerError, type Request, type Transport } from "./data_sync/index.js";
import type { Fetch } from "./signing.js";

/** API Gateway itself gives up after 29 seconds. */
const LONGEST_MILLISECONDS = 35_000;

/** Returns a transport to the API at `url`. */
export function syncTransport(url: string, fetch: Fetch): Transport {
  return {
    async send({ method, path, query, body }: Request): Promise<Answer> {
      const place = new URL(`${url}${path.split("/").map(encodeURIComponent).join("/")}`);
      for (const [name, value] of Object.entries(query)) {
        place.searchParams.append(name, value);
      }
      const told =
        body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
      try {
        const response = await fetch(place, { method, ...told, signal: AbortSignal.timeout(LONGEST_MILLISECONDS) });
        const text = await response.text();
        const wait = response.headers.get("retry-after");
        return { status: response.status, body: json(text), retryAfterSeconds: wait === null ? null : Number(wait) };
      } catch (error) {
        throw new NoAnswerError(`no answer from ${place.host}: ${String(error)}`);
      }
    },
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
