import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import { useFieldError } from "../content/TemplateInput";
import { useEditor } from "./context";
import type { CampaignDraft } from "./useCampaignDraft";

/** What it is called, here and in the API. */
export function Names({ isNew, draft }: { isNew: boolean; draft: CampaignDraft }) {
  const { t } = useTranslation();
  const { definition, change } = useEditor();
  const taken = draft.error instanceof ApiError && draft.error.code === "id_taken";
  const nameError = useFieldError("name");
  const idError = useFieldError("id");
  return (
    <section className="k-panel k-pad k-names" aria-label={t("editor.names")}>
      <TextInput
        label={t("editor.name")}
        value={definition.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        error={nameError}
        data-path="name"
        required
        maxLength={256}
      />
      <TextInput
        label="ID"
        description={isNew ? t("segment.idAbout") : undefined}
        value={definition.id}
        onChange={({ currentTarget }) => change({ id: currentTarget.value.toLowerCase() })}
        inputWrapperOrder={["label", "input", "description", "error"]}
        readOnly={!isNew}
        error={taken ? t("error.idTaken") : idError}
        data-path="id"
        spellCheck={false}
      />
    </section>
  );
}
