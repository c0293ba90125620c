// Prints JSON schemas of the types that Amplify publishes for its configuration files, by the names asked for.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const { createGenerator } = createRequire(join(process.cwd(), "/"))("ts-json-schema-generator");
const types = join(process.cwd(), "node_modules/@aws-amplify/client-config/lib");

function schema(file, type) {
  const path = join(types, file);
  return createGenerator({ path, type, skipTypeCheck: true, additionalProperties: false }).createSchema(type);
}

console.log(
  JSON.stringify({
    "1.4": schema("client-config-schema/client_config_v1.4.d.ts", "AWSAmplifyBackendOutputs"),
    "1.5": schema("client-config-schema/client_config_v1.5.d.ts", "AWSAmplifyBackendOutputs"),
    "auth of the first generation": schema(
      "client-config-types/mobile/client_config_mobile_types.d.ts",
      "ClientConfigMobileAuth",
    ),
  }),
);
