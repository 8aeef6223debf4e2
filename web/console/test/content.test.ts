import { describe, expect, it } from "vitest";
import { emptyAction, retyped } from "../src/campaigns/content/empty";
import { added, changedEntry, freeId, moved, parallel, removed } from "../src/campaigns/content/lists";
import { definitionOf, LAYOUTS } from "../src/campaigns/document";

const words = (_: string, word: string) => word;

describe("emptyAction", () => {
  it.each(LAYOUTS)("begins a %s that the editor can open", (layout) => {
    const action = emptyAction(layout, "ja", words);

    expect(definitionOf({ trigger: {}, variants: [{ id: "a", action: action as never }] })).not.toBeNull();
  });
});

describe("retyped", () => {
  const popup = {
    type: "popup" as const,
    placement: "center",
    content: {
      ja: { title: "題", body: "<b>文</b>", button: { label: "見る", url: "/" } },
      en: { title: "Title", image: { url: "/a.png", alt: "" } },
    },
  };

  it("keeps a message a message", () => {
    expect(retyped(popup, "bar", words)).toEqual({ type: "bar", placement: "bottom", content: popup.content });
  });

  it("takes title and text along where the other layout has them", () => {
    const survey = retyped(popup, "survey", words);

    expect(survey.content.ja).toMatchObject({ title: "題", body: "<b>文</b>", questions: [{ kind: "nps" }] });
    expect(retyped(popup, "notify", words)).toEqual({
      type: "notify",
      destination: "",
      content: { ja: { text: "題" }, en: { text: "Title" } },
    });
    expect(retyped(survey, "popup", words).content.en).toEqual({ title: "Title" });
  });

  it("forgets where it was when the new layout has no place on the page", () => {
    const tooltip = { ...retyped(popup, "tooltip", words), selector: "#price" };

    expect(retyped(tooltip, "embed", words)).toMatchObject({ type: "embed", placement: "append", selector: "#price" });
    expect(retyped(tooltip, "tour", words)).not.toHaveProperty("placement");
  });
});

describe("lists in two languages", () => {
  const content = {
    ja: {
      questions: [
        { id: "q", label: "質問" },
        { id: "r", label: "次" },
      ],
    },
    en: {
      questions: [
        { id: "q", label: "Question" },
        { id: "r", label: "Next" },
      ],
    },
  };
  const labels = (each: typeof content | Record<string, unknown>) => JSON.stringify(each).match(/(?<="label":")[^"]*/g);

  it("are changed together, each in its own words", () => {
    expect(labels(added(content, "questions", "ja", (locale) => ({ label: locale })))).toEqual([
      "質問",
      "次",
      "ja",
      "Question",
      "Next",
      "en",
    ]);
    expect(labels(removed(content, "questions", "ja", 0))).toEqual(["次", "Next"]);
    expect(labels(moved(content, "questions", "en", 1, -1))).toEqual(["次", "質問", "Next", "Question"]);
    expect(moved(content, "questions", "en", 1, 1)).toEqual(content);
  });

  it("share what is no word", () => {
    const changed = changedEntry(content, "questions", "ja", 1, { kind: "nps" }, true);

    expect(changed.en?.questions).toEqual([
      { id: "q", label: "Question" },
      { id: "r", label: "Next", kind: "nps" },
    ]);
    expect(changedEntry(content, "questions", "ja", 0, { label: "新" }).en).toEqual(content.en);
  });

  it("are left alone where they are no translations of each other", () => {
    const differing = { ...content, en: { questions: [] } };

    expect(parallel(differing, "questions")).toBe(false);
    expect(removed(differing, "questions", "ja", 0)).toEqual({
      ja: { questions: [{ id: "r", label: "次" }] },
      en: { questions: [] },
    });
  });

  it("get ids that are free", () => {
    expect(freeId("question", ["question-2", "q"])).toBe("question-3");
    expect(freeId("item", ["item-2"])).toBe("item-3");
  });
});
