/** Who calls: what Amplify's `fetchAuthSession` returns, as far as it matters here. */

/** Temporary credentials of an identity pool. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A session of Amplify's. */
export interface Session {
  readonly credentials?: Credentials | undefined;
  readonly identityId?: string | undefined;
}

/** Amplify's `fetchAuthSession`, or what stands in for it; it renews what is about to expire. */
export type SessionSource = () => Promise<Session>;

/** Nobody is signed in, and guests have no credentials. */
export class SignedOutError extends Error {
  override name = "SignedOutError";

  constructor() {
    super("there are no credentials to sign with: sign in first, or let guests have some");
  }
}

/** Returns the credentials of now. */
export async function credentialsOf(session: SessionSource): Promise<Credentials> {
  const { credentials } = await session();
  if (credentials === undefined) {
    throw new SignedOutError();
  }
  return credentials;
}

/** Returns the id of whoever is signed in, under which their data are kept. */
export async function identityOf(session: SessionSource): Promise<string> {
  const { identityId } = await session();
  if (identityId === undefined) {
    throw new SignedOutError();
  }
  return identityId;
}
