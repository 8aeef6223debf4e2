import type { Catalogue } from "../../kit";

interface Labels {
  next: string;
  back: string;
  submit: string;
  required: string;
  missing: string;
  progress(question: number, of: number): string;
}

export const LABELS: Catalogue<Labels> = {
  ja: {
    next: "次へ",
    back: "戻る",
    submit: "送信する",
    required: "必須",
    missing: "この質問にお答えください。",
    progress: (question, of) => `質問 ${question} / ${of}`,
  },
  en: {
    next: "Next",
    back: "Back",
    submit: "Send",
    required: "Required",
    missing: "Please answer this question.",
    progress: (question, of) => `Question ${question} of ${of}`,
  },
};
