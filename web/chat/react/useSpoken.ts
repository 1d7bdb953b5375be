import { useEffect, useMemo, useState } from "react";
import { ENGLISH, type Labels } from "../core/labels";
import { type Language, type OwnLabels, type Say, sayer } from "../core/say";

/** The chat's sentences; null until another language than English has been fetched. */
export function useSpoken(language: Language, own: OwnLabels): Say | null {
  const [german, setGerman] = useState<Labels | null>(null);
  useEffect(() => {
    if (language !== "de") return;
    import("../core/labels.de").then(
      ({ GERMAN }) => setGerman(GERMAN),
      (error: unknown) => {
        // A chat in another language is better than none.
        reportError(error);
        setGerman(ENGLISH);
      },
    );
  }, [language]);
  const labels = language === "de" ? german : ENGLISH;
  return useMemo(() => labels && sayer(labels, language, own), [labels, language, own]);
}
