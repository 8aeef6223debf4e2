import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Campaign } from "../../api/campaigns";
import { useChangeCampaign, useSaveCampaign } from "../../api/changes";
import { ApiError } from "../../api/client";
import { useConsole, useSite } from "../../console";
import { type Definition, definitionOf, toJsonObject } from "../document";

export interface Saving {
  publish: boolean;
  /** Replace what somebody else has saved meanwhile. */
  overwrite?: boolean;
}

/**
 * A campaign as it is being written, and the ways to save it. `first` is what a new one begins with. What could not be
 * saved stays as it was written.
 */
export function useCampaignDraft(
  campaign: Campaign | null,
  first: Definition,
  onSaved: (saved: Campaign, how: Saving) => void,
) {
  const { api, queries } = useConsole();
  const site = useSite();
  const client = useQueryClient();
  const [base, setBase] = useState(campaign);
  const [saved, setSaved] = useState(first);
  const [definition, setDefinition] = useState(first);
  const [broken, setBrokenPaths] = useState<readonly string[]>([]);
  // Fields that hold more than the definition says begin anew when it comes from elsewhere.
  const [generation, setGeneration] = useState(0);
  const save = useSaveCampaign(api, site);
  const act = useChangeCampaign(api, site, definition.id);
  const { reset: forgetSave } = save;
  const { reset: forgetAct } = act;
  // Why it was not saved is said until something is changed: then it may be true no longer.
  const forget = useCallback(() => {
    forgetSave();
    forgetAct();
  }, [forgetSave, forgetAct]);
  const change = useCallback(
    (fields: Partial<Definition>) => {
      forget();
      setDefinition((before) => ({ ...before, ...fields }));
    },
    [forget],
  );
  const replace = useCallback(
    (whole: Definition) => {
      forget();
      setDefinition(whole);
    },
    [forget],
  );
  const setBroken = useCallback((path: string, isBroken: boolean) => {
    setBrokenPaths((paths) => {
      const others = paths.filter((each) => each !== path);
      return isBroken ? [...others, path] : others.length === paths.length ? paths : others;
    });
  }, []);
  const dirty = broken.length > 0 || JSON.stringify(definition) !== JSON.stringify(saved);

  function begin(from: Campaign) {
    const next = definitionOf(from.definition);
    setBase(from);
    if (next) {
      setSaved(next);
      setDefinition(next);
    }
    setBrokenPaths([]);
    setGeneration((n) => n + 1);
    forget();
  }

  // What others save meanwhile shows, unless it would take away what is being written.
  const outdated = campaign !== null && base !== null && campaign.version > base.version;
  if (outdated && !dirty && !save.isPending && !act.isPending) {
    begin(campaign);
  }

  async function write(overwrite: boolean): Promise<Campaign> {
    if (!dirty && base !== null && !overwrite) {
      return base;
    }
    const present = overwrite ? await theirs() : base;
    const written = await save.mutateAsync({ definition: toJsonObject(definition), version: present?.version ?? 0 });
    setBase(written);
    setSaved(definition);
    return written;
  }

  const theirs = () => client.fetchQuery({ ...queries.campaign(site, definition.id), staleTime: 0 });

  async function submit(how: Saving) {
    forget();
    try {
      let written = await write(how.overwrite ?? false);
      if (how.publish) {
        written = await act.mutateAsync("publish");
        setBase(written);
      }
      onSaved(written, how);
    } catch (failure) {
      // The page shows it.
      if (!(failure instanceof ApiError)) {
        throw failure;
      }
    }
  }

  return {
    base,
    definition,
    dirty,
    broken: broken.length > 0,
    generation,
    saving: save.isPending || act.isPending,
    saved: save.isSuccess && !dirty,
    error: save.error ?? act.error,
    submit,
    change,
    /** Take a whole definition, which need not have the fields of the one before. */
    replace,
    setBroken,
    /** Give up what was written for what is there now. */
    reload: async () => begin(await theirs()),
  };
}

export type CampaignDraft = ReturnType<typeof useCampaignDraft>;
