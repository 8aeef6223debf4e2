import { Alert, Button, Group, Switch, Text, TextInput, Title } from "@mantine/core";
import { IconDeviceFloppy, IconRocket } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { ApiError } from "../api/client";
import { useChangeRule, useSaveRule } from "../api/notificationChanges";
import type { Rule } from "../api/notifications";
import { useConsole, useSite } from "../console";
import { LeaveDialog, useLeaveBlocker } from "../ui/leaving";
import { SaveFailure } from "../ui/SaveFailure";
import { useErrorText } from "../ui/states";
import { DestinationChoice } from "./DestinationChoice";
import { HoursFields } from "./HoursFields";
import { MentionFields } from "./MentionFields";
import { Presets } from "./Presets";
import { rulePath } from "./paths";
import { ofCondition, useRuleProblem } from "./problemText";
import { RhythmFields } from "./RhythmFields";
import { RuleBeside } from "./RuleBeside";
import { newRule, type RuleForm, ruleForm } from "./rule";
import { type CheckedForm, useCheckedRule } from "./useCheckedRule";
import { useDraft } from "./useDraft";
import { WhenField } from "./WhenField";

const newId = () => `rule-${Math.random().toString(36).slice(2, 8)}`;

/** Write a rule: when it tells, whom, how often; and beside it how it reads and what it would send. */
export function RuleEditor({ rule }: { rule: Rule | null }) {
  const { t } = useTranslation();
  const { api, queries } = useConsole();
  const site = useSite();
  const client = useQueryClient();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const ruleProblem = useRuleProblem();
  const allowed = useRef(false);
  const save = useSaveRule(api, site);
  const draft = useDraft<Rule, RuleForm>({
    item: rule,
    first: () => newRule(newId()),
    formOf: ({ definition }) => ruleForm(definition),
    save: (form, version) => save.mutateAsync({ definition: { ...form, name: form.name.trim() }, version }),
    fetch: ({ id }) => client.fetchQuery({ ...queries.rule(site, id), staleTime: 0 }),
  });
  const { form, change, generation, setBroken, begun } = draft;
  const act = useChangeRule(api, site, form.id);
  const blocker = useLeaveBlocker(draft.dirty, allowed);
  const checked = useCheckedRule(form);
  // A form that nobody has touched yet has no mistakes.
  const problems = rule === null && !draft.dirty ? [] : checked.problems;
  const taken = draft.error instanceof ApiError && draft.error.code === "id_taken";

  async function submit(how: { publish: boolean; overwrite?: boolean }) {
    const isNew = rule === null;
    const written = await draft.submit(
      { overwrite: how.overwrite ?? false },
      how.publish ? () => act.mutateAsync("publish") as Promise<Rule> : undefined,
    );
    if (written && isNew) {
      allowed.current = true;
      await navigate(rulePath(site, written.id));
    }
  }

  return (
    <div className="k-editor-columns k-rule-columns">
      <div className="k-stack">
        <section className="k-panel k-pad k-names" aria-label={t("rule.title")}>
          <TextInput
            label={t("segment.name")}
            value={form.name}
            onChange={({ currentTarget }) => change({ name: currentTarget.value })}
            placeholder={t("rule.namePlaceholder")}
            maxLength={120}
            required
          />
          <TextInput
            label="ID"
            description={rule === null ? t("segment.idAbout") : undefined}
            inputWrapperOrder={["label", "input", "description", "error"]}
            value={form.id}
            onChange={({ currentTarget }) => change({ id: currentTarget.value.toLowerCase() })}
            readOnly={rule !== null}
            error={taken && t("error.idTaken")}
            spellCheck={false}
          />
        </section>
        <Part title={t("rule.when")}>
          <Presets
            onChoose={(when) => {
              change({ when });
              begun();
            }}
          />
          <WhenField
            key={generation}
            path="when"
            label={t("rule.when")}
            condition={form.when}
            onChange={(when) => change({ when })}
            problems={problems}
            current={checked.current}
            setBroken={setBroken}
          />
        </Part>
        <Part title={t("rule.destinations")}>
          <DestinationChoice
            chosen={form.destinations}
            onChange={(destinations) => change({ destinations })}
            error={wrongDestination(checked, form) ? t("rule.wrong.destination") : null}
          />
        </Part>
        <Part title={t("rule.rhythm")}>
          <RhythmFields form={form} change={change} />
        </Part>
        <Part title={t("rule.hours")} about={t("rule.hours.about")}>
          <HoursFields hours={form.hours} onChange={(hours) => change({ hours })} />
        </Part>
        <Part title={t("rule.mention")}>
          <MentionFields
            key={generation}
            mention={form.mention}
            onChange={(mention) => change({ mention })}
            problems={problems}
            current={checked.current}
            setBroken={setBroken}
          />
        </Part>
        <Part title={t("rule.absence")}>
          <Switch
            label={t("rule.absence.do")}
            description={t("rule.absence.about")}
            checked={form.absence}
            onChange={({ currentTarget }) => change({ absence: currentTarget.checked })}
          />
        </Part>
        {!form.enabled && (
          <Alert color="orange" variant="light" title={t("rule.switchedOff")}>
            <Button size="xs" variant="default" onClick={() => change({ enabled: true })}>
              {t("rule.switchOn")}
            </Button>
          </Alert>
        )}
        <SaveFailure
          error={draft.error}
          conflict={t("rule.conflict")}
          explain={(error) =>
            error instanceof ApiError && error.path
              ? ruleProblem({ path: error.path, message: error.message })
              : errorText(error)
          }
          onTakeTheirs={() => void draft.reload()}
          onKeepMine={() => void submit({ publish: false, overwrite: true })}
        />
        <OtherProblems checked={checked} />
        <SaveBar draft={draft} faulty={checked.problems.length > 0} onSubmit={submit} />
      </div>
      <aside className="k-stack k-aside-sticky" aria-label={t("rule.beside")}>
        <RuleBeside form={form} checked={checked} isNew={rule === null} />
      </aside>
      <LeaveDialog blocker={blocker} />
    </div>
  );
}

function wrongDestination({ problems, current }: CheckedForm, form: RuleForm): boolean {
  return current && form.destinations.length > 0 && problems.some(({ path }) => path.startsWith("destinations"));
}

function Part({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" mb={about ? 2 : 10} id={id}>
        {title}
      </Title>
      {about && (
        <Text size="sm" c="dimmed" component="p" m={0} mb={10}>
          {about}
        </Text>
      )}
      {children}
    </section>
  );
}

/** What keeps it from being published and has no place of its own in the form. */
function OtherProblems({ checked }: { checked: CheckedForm }) {
  const { t } = useTranslation();
  const ruleProblem = useRuleProblem();
  const others = checked.problems.filter(
    (problem) => !ofCondition(problem) && !/^(?:destinations|mention|name)\b/.test(problem.path),
  );
  if (others.length === 0) {
    return null;
  }
  return (
    <ul className="k-mistakes" aria-label={t("builder.mistakes")}>
      {others.map((problem) => (
        <li key={problem.path + problem.message}>
          <code>{problem.path}</code> {ruleProblem(problem)}
        </li>
      ))}
    </ul>
  );
}

interface SaveBarProps {
  draft: ReturnType<typeof useDraft<Rule, RuleForm>>;
  faulty: boolean;
  onSubmit: (how: { publish: boolean }) => Promise<void>;
}

function SaveBar({ draft, faulty, onSubmit }: SaveBarProps) {
  const { t } = useTranslation();
  const { form, base } = draft;
  const live = base?.status === "live";
  const unready = draft.broken || form.id === "" || form.name.trim() === "" || form.destinations.length === 0;
  return (
    <Group justify="flex-end" gap="sm" className="k-save">
      <Text size="sm" c="dimmed" role="status">
        {draft.saving
          ? t("segment.saving")
          : form.destinations.length === 0
            ? t("rule.chooseDestination")
            : draft.dirty
              ? t("segment.unsaved")
              : draft.saved && t("editor.saved")}
      </Text>
      <Button
        variant={live ? "filled" : "default"}
        leftSection={<IconDeviceFloppy size={16} />}
        onClick={() => void onSubmit({ publish: false })}
        disabled={unready || draft.saving || (!draft.dirty && base !== null)}
      >
        {t(live ? "segment.saveLive" : "segment.saveDraft")}
      </Button>
      {!live && (
        <Button
          leftSection={<IconRocket size={16} />}
          onClick={() => void onSubmit({ publish: true })}
          disabled={unready || faulty}
          loading={draft.saving}
        >
          {t("segment.savePublish")}
        </Button>
      )}
    </Group>
  );
}
