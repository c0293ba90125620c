/** One object for everything that an app asks of its backend. */

import { BackendApi, Configuration } from "./api/index.js";
import { type Store, SyncManager } from "./data_sync/index.js";
import { Analytics, type AnalyticsConfig, type Teller } from "./analytics.js";
import { Push } from "./push.js";
import { identityOf, type SessionSource } from "./session.js";
import { type Fetch, signedFetch } from "./signing.js";
import { syncTransport } from "./sync_transport.js";

/** What is known of a deployment, and of who is signed in. */
export interface Deployment {
  /** The API's URL with its stage, as the stack's output `api.url` says it. */
  readonly url: string;
  readonly region: string;
  /** `fetchAuthSession` of aws-amplify/auth. */
  readonly session: SessionSource;
  /** What carries requests; the platform's own `fetch` if not given. */
  readonly fetch?: Fetch;
  /** Sent as `x-api-key`, for an API that wants one. */
  readonly apiKey?: string;
}

/** The backend of an app. */
export class Backend {
  /** The operations of the API. */
  readonly api: BackendApi;
  /** The user's devices. */
  readonly push: Push;
  /** Sends signed requests of the app's own, for what the document does not describe. */
  readonly fetch: Fetch;
  readonly #deployment: Deployment;
  readonly #url: string;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
    this.#url = deployment.url.replace(/\/+$/, "");
    this.fetch = signedFetch({ ...deployment, fetch: withKey(deployment) });
    const fetchApi = (url: RequestInfo | URL, init?: RequestInit) =>
      this.fetch(url instanceof Request ? url.url : url, init);
    this.api = new BackendApi(new Configuration({ basePath: this.#url, fetchApi }));
    this.push = new Push(this.#url, this.fetch);
  }

  /** Opens the data of whoever is signed in; after another sign-in call `useIdentity` of the manager. */
  async dataSync(store: Store): Promise<SyncManager> {
    const transport = syncTransport(this.#url, this.fetch);
    return new SyncManager(store, transport, await identityOf(this.#deployment.session));
  }

  /** Returns what events are recorded with. */
  analytics(config: AnalyticsConfig, teller: Teller): Analytics {
    return new Analytics(config, teller, this.#deployment.session, this.#deployment.fetch);
  }
}

function withKey({ fetch, apiKey }: Deployment): Fetch {
  const carry: Fetch = fetch ?? ((url, init) => globalThis.fetch(url, init));
  if (apiKey === undefined) {
    return carry;
  }
  return (url, init = {}) => carry(url, { ...init, headers: { ...(init.headers as object), "x-api-key": apiKey } });
}
