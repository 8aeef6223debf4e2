const files = import.meta.glob<string>("./illustrations/*.svg", { eager: true, query: "?url", import: "default" });

export function picture(productId: string): string {
  return files[`./illustrations/${productId}.svg`] ?? "";
}
