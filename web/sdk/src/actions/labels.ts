interface Labels {
  region: string;
  close: string;
}

const JA: Labels = { region: "お知らせ", close: "閉じる" };
const EN: Labels = { region: "Notice", close: "Close" };

export function labels(locale: string): Labels {
  return /^ja\b/i.test(locale) ? JA : EN;
}
