import { useEffect, useRef, useState } from "react";

const SETTLED_AFTER_MS = 150;

/** A text field whose value is kept elsewhere (in the address), where writing takes longer than a keystroke: the
 * field is ahead while one types, and follows when the value changes from outside. */
export function useTyped(value: string, write: (value: string) => void): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(value);
  const written = useRef(value);
  const latest = useRef(write);
  useEffect(() => {
    latest.current = write;
  });

  useEffect(() => {
    if (value === written.current) return;
    written.current = value;
    setTyped(value);
  }, [value]);

  useEffect(() => {
    if (typed === written.current) return;
    const timer = setTimeout(() => {
      written.current = typed;
      latest.current(typed);
    }, SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  return [typed, setTyped];
}
