import type { Catalogue } from "../../kit";

interface Labels {
  progress(step: number, of: number): string;
  previous: string;
  next: string;
  finish: string;
  click: string;
}

export const LABELS: Catalogue<Labels> = {
  ja: {
    progress: (step, of) => `${step} / ${of}`,
    previous: "前へ",
    next: "次へ",
    finish: "完了",
    click: "枠の中をクリックすると進みます",
  },
  en: {
    progress: (step, of) => `${step} of ${of}`,
    previous: "Back",
    next: "Next",
    finish: "Done",
    click: "Click inside the frame to go on",
  },
};
