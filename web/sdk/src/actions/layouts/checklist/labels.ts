import type { Catalogue } from "../../kit";

interface Labels {
  progress(done: number, of: number): string;
  done: string;
  open: string;
}

export const LABELS: Catalogue<Labels> = {
  ja: { progress: (done, of) => `${of}件中${done}件完了`, done: "完了", open: "未完了" },
  en: { progress: (done, of) => `${done} of ${of} done`, done: "Done", open: "To do" },
};
