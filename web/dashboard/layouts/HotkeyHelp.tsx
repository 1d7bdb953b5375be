import { Button } from "@shared/ui/button";
import { Kbd } from "@shared/ui/kbd";
import { Modal } from "@shared/ui/modal";
import { X } from "lucide-react";

const KEYS: ReadonlyArray<readonly [string[], string]> = [
  [["/"], "Search the overview"],
  [["⌘/Ctrl", "K"], "Find a company"],
  [["]"], "Show or hide the chat"],
  [["j", "k"], "Next or previous row"],
  [["Enter"], "Open the row; send the question"],
  [["Shift", "Enter"], "New line in a question"],
  [["↑"], "In an empty box: the last question again"],
  [["Esc"], "Close what is open; otherwise stop the answer"],
  [["?"], "This list"],
];

export default function HotkeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Modal
      open
      onClose={onClose}
      aria-labelledby="hotkeys"
      className="w-[26rem] max-w-[calc(100vw-2rem)] rounded-2xl border border-line p-5 shadow-2xl"
    >
      <header className="mb-3 flex items-center justify-between">
        <h2 id="hotkeys" className="font-semibold text-base">
          Keys
        </h2>
        <Button variant="ghost" size="icon" aria-label="Close" onClick={onClose}>
          <X aria-hidden="true" className="size-4" />
        </Button>
      </header>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2.5">
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="text-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
