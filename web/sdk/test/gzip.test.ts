import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { gzip, gzipStored } from "../src/recorder/gzip";

test.each([0, 1, 65_535, 65_536, 200_000])("%i bytes come out of any gunzip as they went in", (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) % 251);

  expect(Buffer.compare(gunzipSync(gzipStored(bytes)), bytes)).toBe(0);
});

test("browsers without CompressionStream send the same format", async () => {
  const bytes = new TextEncoder().encode("[]");

  expect(gunzipSync(await gzip(bytes)).toString()).toBe("[]");
});
