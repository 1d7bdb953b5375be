// What the browser takes from Python: the frames' types, the protocol's facts, the HTTP types.
// `--check` fails if a committed file has drifted.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile, type JSONSchema } from "json-schema-to-typescript";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const web = new URL("../", import.meta.url);
const isCheck = process.argv.includes("--check");
let hasDrifted = false;

interface Schema {
  "x-protocol"?: Facts;
  [key: string]: unknown;
}

interface Facts {
  closeRules: Record<string, string>;
  closeRuleOtherwise: string;
  sessionEvents: string[];
  socketFrames: string[];
  limits: Record<string, number>;
  ratingLines: Record<string, number>;
  metricLabels: Record<string, string>;
}

/** The JSON that a Python module prints. */
function printed(module: string): Schema {
  const json = execFileSync(`${repository}.venv/bin/python`, ["-m", module], {
    cwd: repository,
    encoding: "utf8",
    // Nothing is opened; the settings that a start would ask for are not read.
    maxBuffer: 1 << 26,
  });
  return JSON.parse(json) as Schema;
}

function keep(path: string, source: string): void {
  const file = new URL(path, web);
  if (!isCheck) {
    writeFileSync(file, source);
  } else if (readFileSync(file, "utf8") !== source) {
    console.error(`${path} has drifted from Python: run \`npm run gen\``);
    hasDrifted = true;
  }
}

/** msgspec writes OpenAPI's `discriminator`, which the generator does not know; the tags say the same. */
function withoutDiscriminator(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutDiscriminator);
  if (node === null || typeof node !== "object") return node;
  const entries = Object.entries(node).filter(([key]) => key !== "discriminator");
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutDiscriminator(value)]));
}

function types(schema: unknown, name: string, origin: string): Promise<string> {
  return compile(withoutDiscriminator(schema) as JSONSchema, name, {
    additionalProperties: false,
    unreachableDefinitions: true,
    bannerComment: `// Made by \`npm run gen\` from ${origin}. Do not edit.`,
  });
}

const { "x-protocol": facts, ...frames } = printed("gateway.wire.export_schema");
if (!facts) throw new Error("the schema carries no x-protocol");
keep("chat/protocol/frames.gen.ts", await types(frames, "Frames", "gateway/wire and shared/frames"));

const constant = (name: string, comment: string, value: unknown, type = "") =>
  `/** ${comment} */\nexport const ${name}${type} = ${JSON.stringify(value, null, 2)} as const;\n`;
keep(
  "chat/protocol/protocol.gen.ts",
  [
    "// Made by `npm run gen` from gateway/ and shared/. Do not edit.",
    constant("CLOSE_RULES", "What a client does after each close code (contract §1).", facts.closeRules),
    constant("CLOSE_RULE_OTHERWISE", "After any other code.", facts.closeRuleOtherwise),
    constant("SESSION_EVENTS", "Numbered, logged and replayable.", facts.sessionEvents),
    constant("SOCKET_FRAMES", "What the gateway says to one socket alone.", facts.socketFrames),
    constant("LIMITS", "Sizes of a question, a frame and a token.", facts.limits),
    constant("RATING_LINES", "The lines between the ratings, in points.", facts.ratingLines),
  ].join("\n"),
);
// A file of its own: it is needed only where answers are.
keep(
  "chat/protocol/metricLabels.gen.ts",
  [
    "// Made by `npm run gen` from shared/metric_words.py. Do not edit.",
    constant(
      "METRIC_LABELS",
      "How the figures of an analysis are called.",
      facts.metricLabels,
      ": Readonly<Record<string, string>>",
    ),
  ].join("\n"),
);

interface Described {
  paths: Record<
    string,
    { get?: { responses: Record<string, { content?: Record<string, { schema: unknown }> }> } }
  >;
  components: { schemas: Record<string, unknown> };
}

/** The document's schemas as JSON Schema: references as that has them, and no examples, which are made up anew each
 * time. */
function asJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asJsonSchema);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(key === "examples" && Array.isArray(value)))
      .filter(([key, value]) => !(key === "title" && typeof value === "string"))
      .map(([key, value]) => [
        key,
        key === "$ref" ? String(value).replace("#/components/schemas/", "#/$defs/") : asJsonSchema(value),
      ]),
  );
}

const http = printed("gateway.routes.export_http") as unknown as Described;
const answers = Object.entries(http.paths).flatMap(([path, { get }]) => {
  const schema = get?.responses["200"]?.content?.["application/json"]?.schema;
  return schema === undefined ? [] : [[path, asJsonSchema(schema)] as const];
});
keep(
  "chat/protocol/http.gen.ts",
  await types(
    {
      $defs: {
        ...(asJsonSchema(http.components.schemas) as Record<string, unknown>),
        HttpGet: {
          type: "object",
          description: "What each route answers to a GET.",
          required: answers.map(([path]) => path),
          properties: Object.fromEntries(answers),
        },
      },
    },
    "Http",
    "the gateway's OpenAPI document",
  ),
);

if (hasDrifted) process.exit(1);
