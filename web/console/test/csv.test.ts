import { describe, expect, it } from "vitest";
import { csv } from "../src/format/csv";

describe("csv", () => {
  it("begins with the mark that Excel looks for, and quotes what has to be", () => {
    expect(
      csv([
        ["名前", "n"],
        ['say "hi", all', 1.5],
        ["two\nlines", null],
      ]),
    ).toBe('\uFEFF名前,n\r\n"say ""hi"", all",1.5\r\n"two\nlines",\r\n');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])("lets no spreadsheet run %j", (text) => {
    expect(csv([[text]])).toMatch(/^\uFEFF"?'/);
  });

  it("writes numbers as numbers, negative ones too", () => {
    expect(csv([[-0.25, Number.POSITIVE_INFINITY]])).toBe("\uFEFF-0.25,\r\n");
  });
});
