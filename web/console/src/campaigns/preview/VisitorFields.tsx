import { ActionIcon, Autocomplete, Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "../../api/types";
import { useConsole, useSite } from "../../console";
import { usePersonName } from "../../ui/PersonLink";
import { useEditor } from "../editor/context";
import { useSampleValues } from "./useSampleValues";

/** For whom the preview is filled in: a made-up visitor whose values can be changed, or a real person. */
export function VisitorFields() {
  const { t } = useTranslation();
  const { visitor, setVisitor } = useEditor();
  const [real, setReal] = useState(visitor.person !== null);
  return (
    <fieldset className="k-visitor" aria-label={t("sample.title")}>
      <div className="k-part-head">
        <span>{t("sample.title")}</span>
        <SegmentedControl
          size="xs"
          aria-label={t("sample.kind")}
          value={real ? "person" : "sample"}
          onChange={(kind) => {
            setReal(kind === "person");
            if (kind === "sample") {
              setVisitor({ ...visitor, person: null });
            }
          }}
          data={[
            { value: "sample", label: t("sample.madeUp") },
            { value: "person", label: t("sample.person") },
          ]}
        />
      </div>
      {real ? <PersonField /> : <ValueFields />}
    </fieldset>
  );
}

function PersonField() {
  const { t } = useTranslation();
  const { queries } = useConsole();
  const { visitor, setVisitor } = useEditor();
  const personName = usePersonName();
  const people = useInfiniteQuery(queries.people(useSite())).data?.pages.flatMap(({ items }) => items) ?? [];
  const [typed, setTyped] = useState(visitor.person?.name ?? "");
  const named = people.map(({ id, name, email }) => ({ id, name: `${personName(id, name, email)} (${id})` }));
  return (
    <Autocomplete
      size="xs"
      label={t("sample.who")}
      description={t("sample.whoAbout")}
      inputWrapperOrder={["label", "input", "description"]}
      value={typed}
      limit={30}
      onChange={(text) => {
        setTyped(text);
        const found = named.find(({ name }) => name === text);
        // Someone further back than the list is found by their id.
        const person = found ?? (/^[ua]:./.test(text) ? { id: text, name: text } : null);
        setVisitor({ ...visitor, person });
      }}
      data={named.map(({ name }) => name)}
    />
  );
}

/** One field for each value that the content asks for; it can be taken away to see what happens without it. */
function ValueFields() {
  const { visitor, setVisitor } = useEditor();
  const values = useSampleValues();
  const set = (path: string, value: Json) => setVisitor({ ...visitor, values: { ...visitor.values, [path]: value } });
  return (
    <>
      <ul className="k-plainlist k-sample-values">
        {Object.entries(values).map(([path, value]) => (
          <li key={path}>
            <ValueField path={path} value={value} onChange={(next) => set(path, next)} />
          </li>
        ))}
      </ul>
      <NewValue onAdd={(path) => set(path, "")} />
    </>
  );
}

interface ValueProps {
  path: string;
  /** Null for a value that the visitor does not have. */
  value: Json;
  onChange: (value: Json) => void;
}

function ValueField({ path, value, onChange }: ValueProps) {
  const { t } = useTranslation();
  return (
    <div className="k-sample-value">
      <code>{path}</code>
      <TextInput
        size="xs"
        aria-label={t("sample.value", { path })}
        placeholder={t("sample.none")}
        value={value === null ? "" : typeof value === "string" ? value : JSON.stringify(value)}
        onChange={({ currentTarget }) => onChange(read(currentTarget.value))}
        autoComplete="off"
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t("sample.remove", { path })}
        disabled={value === null}
        onClick={() => onChange(null)}
      >
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}

/** What is typed as a number is one: a cart's total is. */
function read(typed: string): Json {
  const plain = typed.normalize("NFKC").replaceAll(",", "").trim();
  return plain !== "" && /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : typed;
}

function NewValue({ onAdd }: { onAdd: (path: string) => void }) {
  const { t } = useTranslation();
  const [path, setPath] = useState("");
  const good = /^(?:(?:cart|traits|properties|variables)(?:\.[A-Za-z_]\w*)+|visits)$/.test(path);
  return (
    <form
      className="k-new-variable"
      onSubmit={(event) => {
        event.preventDefault();
        if (good) {
          onAdd(path);
          setPath("");
        }
      }}
    >
      <TextInput
        size="xs"
        aria-label={t("sample.path")}
        placeholder="traits.plan"
        value={path}
        onChange={({ currentTarget }) => setPath(currentTarget.value)}
        spellCheck={false}
        autoCapitalize="off"
      />
      <Button size="xs" type="submit" variant="subtle" leftSection={<IconPlus size={13} />} disabled={!good}>
        {t("sample.add")}
      </Button>
    </form>
  );
}
