// `npm run build:package`: `@tickertalk/chat` into `chat/dist`, ready to be packed.
// `node scripts/package/build.ts element`: only the element, into `dist/embed/v1`, for the gateway to serve.
import { createHash } from "node:crypto";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type InlineConfig, mergeConfig } from "vite";
import { chatStyles } from "./chat-styles-plugin.ts";
import { guest } from "./guest.ts";
import { writeTypes } from "./types.ts";

const web = fileURLToPath(new URL("../../", import.meta.url));
const EMBED = `${web}dist/embed/v1`;
const PACKAGE = `${web}chat/dist`;

/** React in it, so that a page needs none. Its parts load from where it stands. */
async function buildElement(input: Record<string, string>, outDir: string): Promise<void> {
  await run({
    plugins: [chatStyles()],
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    build: {
      outDir,
      modulePreload: false,
      rollupOptions: {
        input,
        preserveEntrySignatures: "strict",
        output: { entryFileNames: "[name].js" },
      },
    },
  });
}

/** Without React, which is the page's, and without zustand, which a page may have as well. */
async function buildLibrary(): Promise<void> {
  await run({
    plugins: [chatStyles({ emit: true })],
    build: {
      outDir: PACKAGE,
      minify: true,
      lib: { entry: { index: `${web}chat/index.ts`, react: `${web}chat/react/index.ts` }, formats: ["es"] },
      rollupOptions: {
        external: [/^react($|\/)/, /^react-dom($|\/)/, /^zustand($|\/)/],
        // Next and its like know by this that it is for the browser.
        output: { banner: ({ name }) => (name === "index" ? "" : '"use client";') },
      },
    },
  });
}

function run(config: InlineConfig): Promise<unknown> {
  return build(mergeConfig(guest, config));
}

/** `integrity.json`: what a page may demand of the script, and of each part that it loads. */
function writeIntegrity(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".js"),
  );
  const hashes = files.sort().map((name) => {
    const hash = createHash("sha384")
      .update(readFileSync(`${folder}/${name}`))
      .digest("base64");
    return [name.replaceAll("\\", "/"), `sha384-${hash}`];
  });
  writeFileSync(`${folder}/integrity.json`, `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
}

if (process.argv[2] === "element") {
  await buildElement({ "tickertalk-chat": `${web}chat/element/script.ts` }, EMBED);
  writeIntegrity(EMBED);
} else {
  await buildLibrary();
  await buildElement({ element: `${web}chat/element/index.ts` }, `${PACKAGE}/element`);
  copyFileSync(`${web}chat/styles/styles.d.ts`, `${PACKAGE}/styles.d.ts`);
  writeTypes(PACKAGE, ["chat/index", "chat/react/index", "chat/element/index"], web);
}
