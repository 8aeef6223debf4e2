/** The operator's own way of writing dates and numbers in that language ("22 Nov" to a Briton), when the browser knows it. */
export function regional(language: string): string {
  return globalThis.navigator?.languages.find((each) => each.split("-")[0] === language) ?? language;
}
