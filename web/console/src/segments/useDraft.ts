import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { same, useChangeSegment, useSaveSegment } from "../api/changes";
import { ApiError } from "../api/client";
import type { Segment } from "../api/types";
import { emptyLeaf, toJson } from "../conditions/document";
import { conditionOf, formOf, type Group } from "../conditions/form";
import { segmentPath, useConsole, useSite } from "../console";

const firstForm = () => formOf(toJson(emptyLeaf("statistic")));
const newId = () => `segment-${Math.random().toString(36).slice(2, 8)}`;
const text = (form: Group) => JSON.stringify(conditionOf(form));

/** A segment as it is being written, and the ways to save it. */
export function useDraft(segment: Segment | null, leave: { allow: () => void }) {
  const { api, queries } = useConsole();
  const site = useSite();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [base, setBase] = useState(segment);
  const [id, setId] = useState(() => segment?.id ?? newId());
  const [name, setName] = useState(segment?.name ?? "");
  const [saved, setSaved] = useState(() => (segment ? formOf(segment.condition) : firstForm()));
  const [form, setForm] = useState(saved);
  const [broken, setBroken] = useState(false);
  const save = useSaveSegment(api, site);
  const change = useChangeSegment(api, site, id);
  const dirty = broken || name !== (base?.name ?? "") || text(form) !== text(saved);

  function begin(from: Segment) {
    const next = formOf(from.condition);
    setBase(from);
    setName(from.name);
    setSaved(next);
    setForm(next);
    setBroken(false);
    save.reset();
    change.reset();
  }

  // What others save meanwhile shows, unless it would take away what is being written.
  const outdated = segment !== null && base !== null && !same(segment, base);
  if (outdated && !dirty && !save.isPending && !save.isSuccess) {
    begin(segment);
  }

  async function write(overwrite: boolean) {
    if (!dirty && base !== null && !overwrite) {
      return;
    }
    const document = { id, name, condition: conditionOf(form) };
    setBase(await save.mutateAsync({ document, base: overwrite ? undefined : base }));
    setSaved(form);
  }

  async function submit({ publish, overwrite = false }: { publish: boolean; overwrite?: boolean }) {
    change.reset();
    try {
      await write(overwrite);
      if (publish) {
        await change.mutateAsync("publish");
      }
      if (segment === null) {
        leave.allow();
        await navigate(segmentPath(site, id));
      }
    } catch (failure) {
      // The page shows it.
      if (!(failure instanceof ApiError)) {
        throw failure;
      }
    }
  }

  return {
    live: (segment ?? base)?.status === "live",
    id,
    setId,
    name,
    setName,
    form,
    dirty,
    broken,
    saving: save.isPending || change.isPending,
    saved: save.isSuccess && !dirty,
    error: save.error ?? change.error,
    submit,
    setForm: (next: Group | null) => {
      setBroken(next === null);
      if (next) {
        setForm(next);
      }
    },
    /** Give up what was written for what is there now. */
    reload: async () => begin(await client.fetchQuery({ ...queries.segment(site, id), staleTime: 0 })),
  };
}

export type Draft = ReturnType<typeof useDraft>;
