import { useCallback, useState } from "react";
import { ApiError } from "../api/client";

interface Options<Item, Form> {
  /** What is there; null for a new one. */
  item: Item | null;
  /** What a new one begins with. */
  first: () => Form;
  formOf: (item: Item) => Form;
  /** Write it over that version; 0 for none. */
  save: (form: Form, version: number) => Promise<Item>;
  /** What is there now. */
  fetch: (form: Form) => Promise<Item>;
}

/** A document with versions as it is being written. What could not be saved stays as it was typed. */
export function useDraft<Item extends { version: number }, Form extends object>(options: Options<Item, Form>) {
  const { item, first, formOf, save, fetch } = options;
  const [base, setBase] = useState(item);
  const [saved, setSaved] = useState<Form>(() => (item ? formOf(item) : first()));
  const [form, setForm] = useState(saved);
  const [broken, setBrokenPaths] = useState<readonly string[]>([]);
  const [saving, setSaving] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  // Fields that hold more than the form says begin anew when it comes from elsewhere.
  const [generation, setGeneration] = useState(0);
  const dirty = broken.length > 0 || !same(form, saved);

  function begin(from: Item, next = formOf(from)) {
    setBase(from);
    setSaved(formOf(from));
    setForm(next);
    setBrokenPaths([]);
    setGeneration((n) => n + 1);
    setError(null);
  }

  // What others save meanwhile shows, unless it would take away what is being written.
  if (item !== null && base !== null && item.version > base.version && !saving) {
    const theirs = formOf(item);
    const both = broken.length === 0 ? merged(form, saved, theirs) : null;
    if (same(theirs, saved)) {
      setBase(item);
    } else if (both !== null) {
      begin(item, both);
    }
  }

  const change = useCallback((fields: Partial<Form>) => {
    setError(null);
    setDone(false);
    setForm((before) => ({ ...before, ...fields }));
  }, []);
  const setBroken = useCallback((path: string, isBroken: boolean) => {
    setBrokenPaths((paths) => {
      const others = paths.filter((each) => each !== path);
      return isBroken ? [...others, path] : others.length === paths.length ? paths : others;
    });
  }, []);

  async function write(overwrite: boolean, force: boolean): Promise<Item> {
    if (base !== null && !dirty && !overwrite && !force) {
      return base;
    }
    const present = overwrite ? await fetch(form) : base;
    const written = await save(form, present?.version ?? 0);
    setBase(written);
    setSaved(form);
    return written;
  }

  /** Save, then do what is to follow; null when it was refused, which `error` tells. */
  async function submit(
    { overwrite = false, force = false }: { overwrite?: boolean; force?: boolean } = {},
    after: (written: Item) => Promise<Item> = async (written) => written,
  ): Promise<Item | null> {
    setError(null);
    setDone(false);
    setSaving(true);
    try {
      const written = await after(await write(overwrite, force));
      setBase(written);
      setDone(true);
      return written;
    } catch (failure) {
      if (!(failure instanceof ApiError)) {
        throw failure;
      }
      setError(failure);
      return null;
    } finally {
      setSaving(false);
    }
  }

  return {
    base,
    form,
    change,
    dirty,
    broken: broken.length > 0,
    setBroken,
    generation,
    begun: () => setGeneration((n) => n + 1),
    saving,
    saved: done && !dirty,
    error,
    submit,
    /** Give up what was written for what is there now. */
    reload: async () => begin(await fetch(form)),
  };
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Theirs, with the fields that were changed here; null when both have changed the same one, each in its way. */
function merged<Form extends object>(form: Form, saved: Form, theirs: Form): Form | null {
  const mine = (Object.keys(form) as (keyof Form)[]).filter((field) => !same(form[field], saved[field]));
  if (mine.some((field) => !same(theirs[field], saved[field]) && !same(theirs[field], form[field]))) {
    return null;
  }
  return { ...theirs, ...Object.fromEntries(mine.map((field) => [field, form[field]])) };
}
