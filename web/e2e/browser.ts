import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LaunchOptions } from "@playwright/test";
import chromium from "@sparticuz/chromium";

const SYSTEM_BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A Chromium that needs no download: `CHROMIUM_PATH`, else the one inside the package, else the system's. */
export async function browserOptions(): Promise<LaunchOptions> {
  return {
    executablePath: await executablePath(),
    // Nothing is fetched from anywhere: a test machine may have no network, and a request that leaves is a finding.
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    env: { ...process.env, FONTCONFIG_FILE: writeFontConfig() } as Record<string, string>,
  };
}

async function executablePath(): Promise<string> {
  const given = process.env.CHROMIUM_PATH;
  if (given) return given;
  try {
    return await chromium.executablePath();
  } catch (error) {
    const system = SYSTEM_BROWSERS.find(existsSync);
    if (system) return system;
    throw new Error(
      "No Chromium: the packaged one does not start here and the system has none. Install chromium (and libnss3), or set CHROMIUM_PATH.",
      { cause: error },
    );
  }
}

/** Bare machines have one odd font. Pictures are taken with a plain text face in the role of the system's. */
function writeFontConfig(): string {
  const fonts = fileURLToPath(new URL("../node_modules/@expo-google-fonts/inter", import.meta.url));
  const folder = join(tmpdir(), "tickertalk-fonts");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "fonts.conf");
  const families = ["sans-serif", "system-ui", "sans"].map(
    (family) =>
      `<alias binding="strong"><family>${family}</family><prefer><family>Inter</family></prefer></alias>`,
  );
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${fonts}</dir><dir>/usr/share/fonts</dir><cachedir>${folder}</cachedir>${families.join("")}</fontconfig>`,
  );
  return file;
}
