import { describe, expect, it } from "vitest";
import { withSlot } from "../src/live/slots";

describe("withSlot", () => {
  it("lets two work at a time, hands places on, and forgets whoever has left", async () => {
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    const work = (name: string) => () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    };
    const patient = new AbortController().signal;
    const leaving = new AbortController();
    const all = [
      withSlot(patient, work("a")),
      withSlot(patient, work("b")),
      withSlot(leaving.signal, work("gone")),
      withSlot(patient, () => Promise.reject(new Error("failed"))).catch(() => begun.push("failed")),
      withSlot(patient, work("c")),
    ];
    await settled();
    expect(begun).toEqual(["a", "b"]);

    leaving.abort();
    ends.get("a")?.();
    await settled();
    expect(begun.toSorted()).toEqual(["a", "b", "c", "failed"]);

    ends.get("b")?.();
    ends.get("c")?.();
    await Promise.all(all);
    expect(begun).not.toContain("gone");
  });
});

const settled = () => new Promise((resolve) => setTimeout(resolve));
