import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { SlackBlock, SlackText } from "../api/notifications";
import { shortTime } from "../format/time";
import { partsOf } from "./slackText";

/** A message as Slack shows it. Its links lead nowhere here: it is what others will read. */
export function SlackPreview({ blocks, label }: { blocks: readonly SlackBlock[]; label: string }) {
  return (
    <figure className="k-slack" aria-label={label}>
      <img className="k-slack-icon" src="/favicon.svg" alt="" />
      <div className="k-slack-body">
        <div className="k-slack-from" aria-hidden>
          <strong>Kizuki</strong> <span className="k-slack-app">APP</span>
        </div>
        {blocks.map((block, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity but their place
          <Block key={n} block={block} />
        ))}
      </div>
    </figure>
  );
}

function Block({ block }: { block: SlackBlock }) {
  switch (block.type) {
    case "header":
      return <p className="k-slack-header">{block.text?.text}</p>;
    case "divider":
      return <hr className="k-slack-divider" />;
    case "section":
      return (
        <>
          {block.text && (
            <p className="k-slack-section">
              <Marked text={block.text} />
            </p>
          )}
          {block.fields && (
            <div className="k-slack-fields">
              {block.fields.map((field) => (
                <p key={field.text}>
                  <Marked text={field} />
                </p>
              ))}
            </div>
          )}
        </>
      );
    case "context":
      return (
        <p className="k-slack-context">
          {block.elements?.map((element, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they have no identity but their place
            <span key={n}>{typeof element.text === "string" && <Marked text={element as SlackText} />}</span>
          ))}
        </p>
      );
    case "actions":
      return (
        <div className="k-slack-actions">
          {block.elements?.map(
            (element) =>
              typeof element.text !== "string" && (
                <span key={element.text.text} className="k-slack-button">
                  {element.text.text}
                </span>
              ),
          )}
        </div>
      );
    default:
      return null;
  }
}

function Marked({ text }: { text: SlackText }) {
  const { i18n } = useTranslation();
  if (text.type === "plain_text") {
    return <>{text.text}</>;
  }
  return partsOf(text.text).map((part, n) => {
    switch (part.kind) {
      case "bold":
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
        return <strong key={n}>{part.text}</strong>;
      case "mention":
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          <span key={n} className="k-slack-mention">
            {part.text}
          </span>
        );
      case "link":
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          <span key={n} className="k-slack-link" title={part.url}>
            {part.text}
          </span>
        );
      case "date":
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
        return <Fragment key={n}>{shortTime(part.at, Date.now(), i18n.language)}</Fragment>;
      default:
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
        return <Fragment key={n}>{part.text}</Fragment>;
    }
  });
}
