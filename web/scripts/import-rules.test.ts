import { expect, it } from "vitest";
import { importFaults } from "./import-rules.ts";

const faults = (files: Record<string, string>) =>
  importFaults(Object.entries(files).map(([path, text]) => ({ path, text })));

it.each([
  ["by its alias", 'import { useUi } from "@/lib/uiStore";'],
  ["by its path", 'import type { Row } from "../../dashboard/api/types";'],
  ["when it is wanted", 'const load = () => import("@/pages/CompanyPage");'],
  ["only as a type, over lines", 'import type {\n  Row,\n  Other,\n} from "@/api/types";'],
  ["to pass it on", 'export { KO } from "@/api/types";'],
])("the chat may not import the dashboard: %s", (_, text) => {
  expect(faults({ "chat/react/Panel.tsx": text })).toHaveLength(1);
});

it("no two folders import each other, however long the way", () => {
  const circle = {
    "dashboard/api/client.ts": 'import { getToken } from "@/session/token";',
    "dashboard/session/token.ts": 'import { words } from "@/lib/words";',
    "dashboard/lib/words.ts": 'import type { Row } from "@/api/types";',
  };
  expect(faults(circle)).toHaveLength(3);
  expect(faults({ ...circle, "dashboard/lib/words.ts": "" })).toEqual([]);
});

it("only tests import what is made for tests", () => {
  const text = 'import { KO } from "@test/analysis";';
  expect(faults({ "dashboard/lib/a.test.ts": text })).toEqual([]);
  expect(faults({ "dashboard/lib/a.ts": text })).toHaveLength(1);
});

it("the dashboard uses the chat by its doors", () => {
  const uses = (specifier: string) => faults({ "dashboard/lib/a.ts": `import { x } from "${specifier}";` });
  expect(["@chat", "@chat/react", "@chat/protocol/http.gen"].flatMap(uses)).toEqual([]);
  expect(uses("@chat/core/chatStore")).toHaveLength(1);
  expect(uses("../../chat/react/ChatPanel")).toHaveLength(1);
});
