// Reads configuration files as apps do, with Amplify's own code: a line of JSON in for each, a line of JSON out.
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

// Module paths are resolved from the folder with the packages, which is not this file's.
const require = createRequire(join(process.cwd(), "/"));
const { Amplify } = require("aws-amplify");
const { parseAmplifyConfig } = require("aws-amplify/utils");

function configured(config) {
  Amplify.configure(config);
  return Amplify.getConfig();
}

for await (const line of createInterface({ input: process.stdin })) {
  const { outputs, exports } = JSON.parse(line);
  const parsed = parseAmplifyConfig(outputs);
  const module = await import(`data:text/javascript,${encodeURIComponent(exports)}`);
  const answer = {
    parsed,
    outputs: configured(outputs),
    // As Amplify's guide adds an API that its outputs have no place for.
    withApi: configured({ ...parsed, API: { ...parsed.API, REST: outputs.custom.API } }),
    exports: configured(module.default),
  };
  console.log(JSON.stringify(answer));
}
