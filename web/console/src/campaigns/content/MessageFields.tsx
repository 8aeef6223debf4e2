import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { JsonObject } from "../../api/types";
import { Optional } from "./Optional";
import { RichTextInput } from "./RichTextInput";
import { type ContentProps, type Fields, objectIn, orNone, saidIn, textOf } from "./said";
import { TemplateInput } from "./TemplateInput";

/** A message: title, text, image, buttons; of a video, the film. */
export function MessageFields(props: ContentProps) {
  const { t } = useTranslation();
  const { said, say, at } = saidIn(props);
  const button = objectIn(said, "button");
  return (
    <div className="k-form">
      {props.action.type === "video" && <FilmFields {...props} />}
      <TitleAndBody said={said} say={say} at={at} />
      <ImageFields said={said} say={say} at={at} />
      <Optional
        name={t("content.button")}
        present={button !== null}
        onAdd={() => say({ button: { label: t("content.buttonLabel"), url: "/" } })}
        onRemove={() => say({ button: undefined })}
      >
        <div className="k-two">
          <TemplateInput
            path={at("button.label")}
            label={t("content.label")}
            value={textOf(button, "label")}
            onChange={(label) => say({ button: { ...button, label } })}
          />
          <TemplateInput
            path={at("button.url")}
            label={t("content.url")}
            value={textOf(button, "url")}
            onChange={(url) => say({ button: { ...button, url } })}
            placeholder="https://"
          />
        </div>
      </Optional>
      <Optional
        name={t("content.dismiss")}
        present={typeof said.dismiss === "string"}
        onAdd={() => say({ dismiss: t("content.dismissLabel") })}
        onRemove={() => say({ dismiss: undefined })}
      >
        <TemplateInput
          path={at("dismiss")}
          label={t("content.label")}
          value={textOf(said, "dismiss")}
          onChange={(dismiss) => say({ dismiss })}
        />
      </Optional>
    </div>
  );
}

interface Part {
  said: JsonObject;
  say: (fields: Fields) => void;
  at: (field: string) => string;
}

interface TitleProps extends Part {
  /** One of many: most have no text, so its field takes no room before it is asked for. */
  small?: boolean;
}

export function TitleAndBody({ said, say, at, small = false }: TitleProps) {
  const { t } = useTranslation();
  const [wanted, want] = useState(false);
  const body = textOf(said, "body");
  return (
    <>
      <TemplateInput
        path={at("title")}
        label={t("content.title")}
        value={textOf(said, "title")}
        onChange={(title) => say({ title })}
        required
      />
      {small && !wanted && body === "" ? (
        <Optional name={t("content.body")} onAdd={() => want(true)} />
      ) : (
        <RichTextInput
          path={at("body")}
          label={t("content.body")}
          value={body}
          onChange={(text) => {
            // Emptied while it is written, it stays.
            want(true);
            say({ body: orNone(text) });
          }}
        />
      )}
    </>
  );
}

export function ImageFields({ said, say, at }: Part) {
  const { t } = useTranslation();
  const image = objectIn(said, "image");
  return (
    <Optional
      name={t("content.image")}
      present={image !== null}
      onAdd={() => say({ image: { url: "", alt: "" } })}
      onRemove={() => say({ image: undefined })}
    >
      <div className="k-two">
        <TemplateInput
          path={at("image.url")}
          label={t("content.imageUrl")}
          value={textOf(image, "url")}
          onChange={(url) => say({ image: { ...image, url } })}
          placeholder="https://"
        />
        <TemplateInput
          path={at("image.alt")}
          label={t("content.imageAlt")}
          value={textOf(image, "alt")}
          onChange={(alt) => say({ image: { ...image, alt } })}
        />
      </div>
    </Optional>
  );
}

function FilmFields(props: ContentProps) {
  const { t } = useTranslation();
  const { said, say, at } = saidIn(props);
  const video = objectIn(said, "video") ?? {};
  const change = (field: string, value: string | undefined) => {
    const { [field]: _, ...rest } = video;
    say({ video: value === undefined ? rest : { ...rest, [field]: value } });
  };
  return (
    <fieldset className="k-part" aria-label={t("content.video")}>
      <div className="k-part-head">
        <span>{t("content.video")}</span>
      </div>
      <TemplateInput
        path={at("video.url")}
        label={t("content.videoUrl")}
        value={textOf(video, "url")}
        onChange={(url) => change("url", url)}
        placeholder="https://…/film.mp4"
        required
      />
      <div className="k-two">
        <TemplateInput
          path={at("video.poster")}
          label={t("content.poster")}
          value={textOf(video, "poster")}
          onChange={(url) => change("poster", orNone(url))}
        />
        <TemplateInput
          path={at("video.captions")}
          label={t("content.captions")}
          value={textOf(video, "captions")}
          onChange={(url) => change("captions", orNone(url))}
          placeholder="https://…/captions.vtt"
        />
      </div>
    </fieldset>
  );
}
