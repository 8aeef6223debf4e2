/** Slack's marks (mrkdwn) as Kizuki writes them: *bold*, <address|label>, <!here>, <!date^…|fallback>. */

export type Part =
  | { kind: "text" | "bold"; text: string }
  | { kind: "link"; text: string; url: string }
  | { kind: "mention"; text: string }
  | { kind: "date"; at: number; text: string };

const MARKS = /<([^<>]+)>|(?<![\p{L}\p{N}])\*([^*\n]+)\*(?![\p{L}\p{N}])/gu;

/** Read a text; what Slack escapes is text again. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    if (match.index > from) {
      parts.push({ kind: "text", text: plain(text.slice(from, match.index)) });
    }
    parts.push(match[1] === undefined ? { kind: "bold", text: plain(match[2] ?? "") } : angled(match[1]));
    from = match.index + match[0].length;
  }
  if (from < text.length) {
    parts.push({ kind: "text", text: plain(text.slice(from)) });
  }
  return parts;
}

function angled(inside: string): Part {
  const [target = "", label] = inside.split("|");
  const date = /^!date\^(\d+)\^/.exec(target)?.[1];
  if (date) {
    return { kind: "date", at: Number(date) * 1000, text: plain(label ?? "") };
  }
  if (target.startsWith("!subteam^")) {
    return { kind: "mention", text: `@${target.slice(9)}` };
  }
  if (target.startsWith("!") || target.startsWith("@")) {
    return { kind: "mention", text: `@${target.slice(1)}` };
  }
  return { kind: "link", url: plain(target), text: plain(label ?? target) };
}

const plain = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
