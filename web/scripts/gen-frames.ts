// The browser's frame types, made from the Python frames. `--check` fails if the committed file has drifted.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile, type JSONSchema } from "json-schema-to-typescript";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const target = new URL("../chat/protocol/frames.gen.ts", import.meta.url);

/** msgspec writes OpenAPI's `discriminator`, which the generator does not know; the tags say the same. */
function withoutDiscriminator(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutDiscriminator);
  if (node === null || typeof node !== "object") return node;
  const entries = Object.entries(node).filter(([key]) => key !== "discriminator");
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutDiscriminator(value)]));
}

const python = `${repository}.venv/bin/python`;
const schema = execFileSync(python, ["-m", "gateway.wire.export_schema"], {
  cwd: repository,
  encoding: "utf8",
});
const source = await compile(withoutDiscriminator(JSON.parse(schema)) as JSONSchema, "Frames", {
  additionalProperties: false,
  unreachableDefinitions: true,
  bannerComment: "// Made by `npm run gen` from gateway/wire and shared/frames. Do not edit.",
});

if (!process.argv.includes("--check")) {
  writeFileSync(target, source);
} else if (readFileSync(target, "utf8") !== source) {
  console.error("chat/protocol/frames.gen.ts has drifted from the Python frames: run `npm run gen`");
  process.exit(1);
}
