/** Signs requests by AWS Signature Version 4, with AWS's own library and the credentials of Amplify's session. */

import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";

import { credentialsOf, type SessionSource } from "./session.js";

/** The part of `fetch` that signed calls use. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** What signed calls need to know. */
export interface Signing {
  readonly region: string;
  readonly session: SessionSource;
  /** The service of AWS that is called; `execute-api` if not given. */
  readonly service?: string;
  /** What carries the request; the platform's own if not given. */
  readonly fetch?: Fetch;
}

const FORBIDDEN = 403;
/** AWS takes signatures that are at most this old. */
const SKEW_MILLISECONDS = 300_000;

/**
 * Returns a `fetch` that signs what it sends.
 *
 * A device whose clock is wrong signs for a time that AWS refuses; the call is then sent once more, by AWS's clock.
 */
export function signedFetch(signing: Signing): Fetch {
  const carry = signing.fetch ?? ((url, init) => globalThis.fetch(url, init));
  let ahead = 0;

  async function send(url: URL, init: RequestInit): Promise<Response> {
    const now = new Date(Date.now() + ahead);
    return carry(url, await signed(url, init, signing, now));
  }

  return async (address, init = {}) => {
    const url = escaped(new URL(address));
    const answer = await send(url, init);
    const said = Date.parse(answer.headers.get("date") ?? "");
    const off = said - Date.now();
    if (answer.status !== FORBIDDEN || Number.isNaN(said) || Math.abs(off - ahead) < SKEW_MILLISECONDS) {
      return answer;
    }
    ahead = off;
    return send(url, init);
  };
}

async function signed(url: URL, init: RequestInit, signing: Signing, now: Date): Promise<RequestInit> {
  const signer = new SignatureV4({
    credentials: await credentialsOf(signing.session),
    region: signing.region,
    service: signing.service ?? "execute-api",
    sha256: Sha256,
  });
  const body = init.body ?? undefined;
  if (body !== undefined && typeof body !== "string") {
    throw new TypeError("only texts can be signed: send JSON");
  }
  const query: Record<string, string[]> = {};
  for (const [name, value] of url.searchParams) {
    (query[name] ??= []).push(value);
  }
  const headers = Object.fromEntries(new Headers(init.headers));
  const request = await signer.sign(
    {
      method: init.method ?? "GET",
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query,
      headers: { ...headers, host: url.host },
      body,
    },
    { signingDate: now },
  );
  const { host: _, ...sent } = request.headers;
  return { ...init, headers: sent };
}

/** Writes the query as signatures have it: `%20` for a space, and nothing but letters, digits and `-._~` as it is. */
function escaped(url: URL): URL {
  const pairs = [...url.searchParams].map(([name, value]) => `${escape(name)}=${escape(value)}`);
  url.search = pairs.join("&");
  return url;
}

function escape(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
