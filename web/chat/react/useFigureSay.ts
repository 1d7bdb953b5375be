import { useMemo } from "react";
import { FIGURE_ENGLISH, type FigureLabels } from "../core/figureLabels";
import { FIGURE_GERMAN } from "../core/figureLabels.de";
import { type Say, sayer } from "../core/say";
import { useSay } from "./ChatProvider";

/** What is said of figures, in the chat's language. */
export function useFigureSay(): Say<keyof FigureLabels> {
  const { language, own } = useSay();
  return useMemo(
    () => sayer(language === "de" ? FIGURE_GERMAN : FIGURE_ENGLISH, language, own),
    [language, own],
  );
}
