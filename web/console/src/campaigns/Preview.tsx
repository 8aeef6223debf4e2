import { Text } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { Content, Locale, Variant } from "./definition";

/** How a bar or a popup looks on the site's page, in one language. Its text is only ever written as text. */
export function Preview({ action, locale, content }: { action: Variant["action"]; locale: Locale; content: Content }) {
  const { t } = useTranslation();
  const placement = action.placement ?? (action.type === "popup" ? "center" : "bottom");
  return (
    <figure className="k-preview" lang={locale}>
      <figcaption lang={undefined}>
        <Text size="xs" c="dimmed">
          {locale === "ja" ? "日本語" : "English"}
        </Text>
      </figcaption>
      <div className="k-preview-page" role="img" aria-label={t("preview.label", { text: content.title })}>
        <div className="k-preview-lines" aria-hidden />
        <div className="k-preview-box" data-type={action.type} data-placement={placement}>
          <div>
            <strong>
              <Template text={content.title} />
            </strong>
            {content.body && (
              <p>
                <Template text={content.body} />
              </p>
            )}
          </div>
          {content.button && (
            <span className="k-preview-button">
              <Template text={content.button.label} />
            </span>
          )}
          <span className="k-preview-close" aria-hidden>
            ×
          </span>
        </div>
      </div>
      {content.button && (
        <Text size="xs" c="dimmed" className="k-anywhere" mt={4}>
          {t("preview.button", { url: content.button.url })}
        </Text>
      )}
    </figure>
  );
}

/** What is filled in for each visitor is marked. */
function Template({ text }: { text: string }) {
  return (
    <>
      {text.split(/(\{\{.*?\}\})/g).map((part, index) =>
        part.startsWith("{{") ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text keep their order
          <code key={index}>{part.slice(2, -2).trim()}</code>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text keep their order
          <Fragment key={index}>{part}</Fragment>
        ),
      )}
    </>
  );
}
