import { ActionIcon, Text, TextInput, Title, Tooltip } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconRotate } from "@tabler/icons-react";
import { useId, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Theme } from "../api/campaigns";
import type { Definition, Locale } from "../campaigns/document";
import { type Action, ActionFrame, CARD } from "../campaigns/preview/ActionFrame";
import { drawnAction } from "../campaigns/preview/drawnAction";
import { regional } from "../format/locale";
import { WholeNumber } from "../ui/WholeNumber";
import { COLOUR, contrast, sixDigits } from "./contrast";

/** What the tag draws with where the site has chosen nothing. */
const DEFAULTS = { surface: "#ffffff", text: "#17212b", accent: "#17212b", accentText: "#ffffff" };
const COLOURS = ["surface", "text", "accent", "accentText"] as const;
type Colour = (typeof COLOURS)[number];

/** WCAG AA, for text of the usual size. */
const READABLE = 4.5;

interface Props {
  theme: Theme;
  onChange: (theme: Theme) => void;
  readOnly: boolean;
}

/** The colours, the roundness and the font of the site's messages, and how they look. */
export function ThemeEditor({ theme, onChange, readOnly }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const set = (fields: Partial<Theme>) => onChange({ ...theme, ...fields });
  return (
    <section className="k-panel k-pad" aria-labelledby={id}>
      <Title order={2} size="h6" id={id}>
        {t("theme.title")}
      </Title>
      <Text size="xs" c="dimmed" mb="sm">
        {t("theme.about")}
      </Text>
      <div className="k-theme">
        <div className="k-form">
          <div className="k-colours">
            {COLOURS.map((colour) => (
              <ColourField
                key={colour}
                colour={colour}
                value={theme[colour] ?? null}
                onChange={(value) => set({ [colour]: value })}
              />
            ))}
          </div>
          <Contrast theme={theme} text="text" on="surface" />
          <Contrast theme={theme} text="accentText" on="accent" />
          <div className="k-two">
            <WholeNumber
              optional
              label={t("theme.radius")}
              value={theme.radius ?? null}
              placeholder={t("theme.default")}
              onChange={(radius) => set({ radius })}
              min={0}
              max={32}
              suffix=" px"
            />
            <TextInput
              label={t("theme.font")}
              description={t("theme.fontAbout")}
              inputWrapperOrder={["label", "input", "description"]}
              placeholder={t("theme.default")}
              value={theme.font ?? ""}
              onChange={({ currentTarget }) => set({ font: currentTarget.value === "" ? null : currentTarget.value })}
              maxLength={200}
              readOnly={readOnly}
            />
          </div>
        </div>
        <Looks theme={theme} />
      </div>
    </section>
  );
}

interface ColourProps {
  colour: Colour;
  /** Null for the tag's own. */
  value: string | null;
  onChange: (value: string | null) => void;
}

function ColourField({ colour, value, onChange }: ColourProps) {
  const { t } = useTranslation();
  const label = t(`theme.${colour}`);
  const wrong = value !== null && !COLOUR.test(value);
  return (
    <TextInput
      label={label}
      value={value ?? ""}
      placeholder={DEFAULTS[colour]}
      onChange={({ currentTarget }) => onChange(currentTarget.value === "" ? null : currentTarget.value.trim())}
      error={wrong && t("theme.badColour")}
      spellCheck={false}
      autoComplete="off"
      leftSection={
        <input
          type="color"
          className="k-colour"
          aria-label={t("theme.pick", { label })}
          value={sixDigits(value ?? "") ?? DEFAULTS[colour]}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      }
      rightSection={
        value !== null && (
          <Tooltip label={t("theme.reset")}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`${t("theme.reset")}: ${label}`}
              onClick={() => onChange(null)}
            >
              <IconRotate size={14} />
            </ActionIcon>
          </Tooltip>
        )
      }
    />
  );
}

/** Said only where the text would be hard to read. */
function Contrast({ theme, text, on }: { theme: Theme; text: Colour; on: Colour }) {
  const { t, i18n } = useTranslation();
  const ratio = contrast(theme[text] ?? DEFAULTS[text], theme[on] ?? DEFAULTS[on]);
  if (ratio === null || ratio >= READABLE) {
    return null;
  }
  return (
    <Text size="sm" className="k-field-error" role="status">
      {t("theme.contrast", {
        text: t(`theme.${text}`),
        on: t(`theme.${on}`),
        ratio: new Intl.NumberFormat(regional(i18n.language), { maximumFractionDigits: 1 }).format(ratio),
      })}
    </Text>
  );
}

/** A popup and a bar in these colours. */
function Looks({ theme }: { theme: Theme }) {
  const { t, i18n } = useTranslation();
  const title = t("theme.sampleTitle");
  const body = t("theme.sampleBody");
  const label = t("theme.sampleButton");
  const actions = useMemo(
    () =>
      (["popup", "bar"] as const).map((type) => {
        const content = { [i18n.language]: { title, body, button: { label, url: "/" } } };
        const definition: Definition = {
          id: "sample",
          name: title,
          trigger: {},
          variants: [{ id: "a", action: { type, content } }],
        };
        return drawnAction(definition, i18n.language as Locale, theme);
      }),
    [theme, i18n.language, title, body, label],
  );
  return <div className="k-looks">{actions.map((action) => action && <Look key={action.type} action={action} />)}</div>;
}

function Look({ action }: { action: Action }) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  return (
    <div ref={ref} style={{ minHeight: 160 }}>
      {width > 0 && (
        <ActionFrame
          action={action}
          size={CARD}
          width={width}
          label={t("theme.looks", { layout: t(`layout.${action.type}`) })}
          still
        />
      )}
    </div>
  );
}
