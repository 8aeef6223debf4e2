import i18next from "i18next";
import type { Words } from "./empty";

/** Words for new content, in the language that it is for, whatever the console's is. */
export const contentWords: Words = (locale, word) => i18next.getFixedT(locale)(`begin.${word}`);
