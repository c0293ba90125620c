/** An app that uses all of its backend; prints one line of JSON for each thing that came of it. */

import { readFileSync } from "node:fs";

import { Amplify } from "aws-amplify";
import { confirmSignUp, fetchAuthSession, signIn, signOut, signUp } from "aws-amplify/auth";

import { Analytics, AnalyticsError, Backend, dataSync, FetchError, PushError, ResponseError } from "../index.js";
import { signedFetch, SignedOutError } from "../index.js";

const told = JSON.parse(readFileSync(process.argv[2] as string, "utf8"));
const { sign_in: users, analytics } = told.outputs;
const region = told.region as string;
const username = "anna@example.com";
const password = "Correct-horse-7";

Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: users.user_pool_id,
      userPoolClientId: users.client_ids.app,
      identityPoolId: users.identity_pool_id,
      userPoolEndpoint: told.aws,
      identityPoolEndpoint: told.aws,
    },
  },
});

function say(name: string, value: unknown): void {
  console.log(JSON.stringify({ name, value }));
}

async function refused(attempt: Promise<unknown>): Promise<unknown> {
  try {
    return await attempt;
  } catch (error) {
    return error;
  }
}

/** The generated client keeps what a `fetch` threw as the cause of an error of its own. */
function isSignedOut(error: unknown): boolean {
  return error instanceof FetchError && error.cause instanceof SignedOutError;
}

const backend = new Backend({ url: told.api, region, session: fetchAuthSession });
say("nobody", isSignedOut(await refused(backend.api.getMe())));

const made = await signUp({ username, password, options: { userAttributes: { email: username } } });
say("sign-up", made.nextStep.signUpStep);
const sent = await (await fetch(`${told.aws}/sandbox/outbox?to=${encodeURIComponent(username)}`)).json();
const code = /\b\d{6}\b/.exec(sent.at(-1).body)?.[0] as string;
say("confirmed", (await confirmSignUp({ username, confirmationCode: code })).isSignUpComplete);
say("sign-in", (await signIn({ username, password, options: { authFlowType: "USER_SRP_AUTH" } })).isSignedIn);
const session = await fetchAuthSession();

say("me", (await backend.api.getMe()).identityId === session.identityId);
say("note", await backend.api.getNote({ noteId: "a/b c", title: "Käse & Brot +1 (2)*" }));
say("replaced", await backend.api.replaceNote({ noteId: "a", noteInput: { title: "ok" } }));
const long = await refused(backend.api.replaceNote({ noteId: "a", noteInput: { title: "x".repeat(21) } }));
say("too long", long instanceof ResponseError ? long.response.status : String(long));

const stale = signedFetch({
  region,
  session: fetchAuthSession,
  fetch: async (url, init) => {
    const answer = await fetch(url, init);
    calls.push(answer.status);
    return answer;
  },
});
const calls: number[] = [];
const now = Date.now;
Date.now = () => now() - 3_600_000;
const late = await stale(`${told.api}/me`);
Date.now = now;
say("slow clock", [late.status, calls]);

const phone = await (await backend.dataSync(new dataSync.MemoryStore())).open("notes");
const tablet = await (await backend.dataSync(new dataSync.MemoryStore())).open("notes");
await phone.put("shopping", "milk");
await phone.synchronize(dataSync.lastWriter);
await tablet.put("list", "ä");
await tablet.synchronize(dataSync.lastWriter);
await phone.synchronize(dataSync.lastWriter);
say("in step", [Object.fromEntries(await phone.all()), Object.fromEntries(await tablet.all())]);

const token = `amzn1.adm-registration.v3.${"t".repeat(120)}`;
const device = await backend.push.register("phone", { platform: "adm", token, topics: ["news"] });
say("device", [device.device, device.platform, device.topics]);
say("unsubscribed", (await backend.push.unsubscribe("phone", "news")).topics);
say("subscribed", (await backend.push.subscribe("phone", "news")).topics);
say("devices", (await backend.push.devices()).map((each) => each.device));
const unknown = await refused(backend.push.subscribe("phone", "nothing"));
say("no topic", unknown instanceof PushError ? [unknown.status, unknown.code] : String(unknown));
say("removed", [await backend.push.remove("phone"), await backend.push.devices()]);

const stream = { ...analytics.client, endpoint: `${told.aws}/` };
const events = backend.analytics(stream, { deviceId: "d-1", platform: "web" });
events.identify("anna");
for (let count = 0; count < 101; count += 1) {
  events.record("purchase", { metrics: { price: count } });
}
say("flushed", await events.flush());
say("nothing left", await events.flush());

const puts: { id: string; at: number }[][] = [];
const picky = new Analytics(analytics.client, { deviceId: "d-1" }, fetchAuthSession, async (_, init) => {
  const records = JSON.parse(String(init?.body)).Records as { Data: string }[];
  const events = records.map(({ Data }) => JSON.parse(Buffer.from(Data, "base64").toString()));
  puts.push(events.map(({ event_id: id, sent_at: at }) => ({ id, at })));
  const Records = events.map((_, place) => (puts.length === 1 && place === 1 ? { ErrorCode: "Throttled" } : {}));
  return Response.json({ Records });
});
for (const price of [1, 2, 3]) {
  picky.record("purchase", { metrics: { price } });
}
const [first, second] = [await picky.flush(), await picky.flush()];
say("refused once", [first, second, puts[1]?.length, puts[1]?.[0]?.id === puts[0]?.[1]?.id]);

const refuse = async () => new Response("no", { status: 500 });
const broken = new Analytics(analytics.client, { deviceId: "d-1" }, fetchAuthSession, refuse);
broken.record("purchase");
const failed = await refused(broken.flush());
say("broken stream", [failed instanceof AnalyticsError, failed instanceof AnalyticsError && failed.status]);

await signOut();
say("signed out", isSignedOut(await refused(backend.api.getMe())));
