import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const STARTS_WITHIN_MS = 90_000;

interface Addresses {
  url: string;
  control: string;
  gemini: string;
}

type Part = "gateway" | "worker";
type Fate = "kill" | "stop" | "start" | "restart" | "pause" | "resume";

/** The whole system (tests/support/web_stack.py) and what a test may do to it. */
export class System {
  readonly url: string;
  readonly #control: string;
  readonly #gemini: string;
  readonly #process: ChildProcessWithoutNullStreams;

  private constructor(process: ChildProcessWithoutNullStreams, addresses: Addresses) {
    this.#process = process;
    this.url = addresses.url;
    this.#control = addresses.control;
    this.#gemini = addresses.gemini;
  }

  /** `origins`: pages elsewhere that may embed the chat. */
  static async start({ offline = false, origins = [] as readonly string[] } = {}): Promise<System> {
    const python = `${REPOSITORY}.venv/bin/python`;
    const options = [...(offline ? ["--offline"] : []), ...origins.flatMap((origin) => ["--origin", origin])];
    const child = spawn(python, ["-m", "tests.support.web_stack", ...options], { cwd: REPOSITORY });
    let said = "";
    child.stderr.on("data", (data) => {
      said += data;
    });
    const line = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`the system did not start in time\n${said}`)),
        STARTS_WITHIN_MS,
      );
      createInterface(child.stdout).on("line", (printed) => {
        if (!printed.startsWith("{")) {
          // What is not the addresses is the end of a log of something that did not start.
          said += `${printed}\n`;
          return;
        }
        clearTimeout(timer);
        resolve(printed);
      });
      child.once("exit", (code) => reject(new Error(`the system ended with ${code}\n${said}`)));
    });
    return new System(child, JSON.parse(line) as Addresses);
  }

  /** Its input ends, and with it everything it started. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.stdin.end();
    await ended;
  }

  async let(part: Part, fate: Fate): Promise<void> {
    await post(`${this.#control}/${part}/${fate}`, {});
  }

  async token(user: string, ttl = 3600): Promise<string> {
    return ((await post(`${this.#control}/token`, { user, ttl })) as { token: string }).token;
  }

  /** Brings in analyses, as `make import` does; rows as in docs/import.md. */
  async import(...rows: ReadonlyArray<Record<string, unknown>>): Promise<void> {
    await post(`${this.#control}/import`, rows);
  }

  /** How the scripted Gemini answers questions that contain `match`: see tests/fakes/gemini_script.py. */
  async script(match: string, fields: Record<string, unknown>): Promise<void> {
    await post(`${this.#gemini}/script`, { match, ...fields });
  }

  async release(match: string): Promise<void> {
    await post(`${this.#gemini}/release`, { match });
  }

  /** Until exactly so many answers are held. */
  async held(count: number): Promise<void> {
    const response = await fetch(`${this.#gemini}/wait?held=${count}&timeout=40`);
    if (!response.ok) throw new Error(`the model did not hold ${count} answers: ${await response.text()}`);
  }

  async calls(question: string): Promise<number> {
    const { questions } = (await (await fetch(`${this.#gemini}/calls`)).json()) as {
      questions: Record<string, number>;
    };
    return Object.entries(questions).reduce(
      (sum, [asked, calls]) => (asked.includes(question) ? sum + calls : sum),
      0,
    );
  }
}

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  const text = await response.text();
  return text === "" ? null : JSON.parse(text);
}
