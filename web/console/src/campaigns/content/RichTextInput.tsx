import { ActionIcon, Button, Group, Input, Popover, TextInput, Tooltip } from "@mantine/core";
import { IconBold, IconItalic, IconLink, IconLinkOff, IconList, IconListNumbers } from "@tabler/icons-react";
import { type ComponentType, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import Squire from "squire-rte";
import { fragmentOf, fromField, toField } from "./richText";
import { useFieldError } from "./TemplateInput";
import { VariablePicker } from "./VariablePicker";

interface Props {
  path: string;
  label: string;
  value: string;
  /** An empty text is none. */
  onChange: (value: string) => void;
}

/** A text with bold and italic letters, links and lists. */
export function RichTextInput({ path, label, value, onChange }: Props) {
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Squire | null>(null);
  const error = useFieldError(path);
  const told = useRef(value);
  const onText = useRef(onChange);
  onText.current = onChange;

  useEffect(() => {
    if (!root.current) {
      return;
    }
    const squire = new Squire(root.current, {
      blockTag: "P",
      sanitizeToDOMFragment: (html) => fragmentOf(html, document),
    });
    squire.setHTML(toField(told.current));
    squire.addEventListener("input", () => {
      const text = fromField(squire.getHTML());
      // What it is given is an input to it as well.
      if (text !== fromField(toField(told.current))) {
        told.current = text;
        onText.current(text);
      }
    });
    setEditor(squire);
    return () => squire.destroy();
  }, []);

  useEffect(() => {
    // What came from elsewhere is shown; what was typed here already is.
    if (editor && value !== told.current) {
      told.current = value;
      editor.setHTML(toField(value));
    }
  }, [editor, value]);

  return (
    <Input.Wrapper label={label} labelElement="div" id={id} error={error} errorProps={{ id: `${id}-error` }}>
      <div className="k-rich" data-wrong={error !== null}>
        <Toolbar editor={editor} label={label} />
        {/* biome-ignore lint/a11y/useSemanticElements: no element of HTML takes text with marks in it */}
        <div
          ref={root}
          className="k-rich-text"
          role="textbox"
          tabIndex={0}
          aria-multiline="true"
          aria-label={label}
          aria-invalid={error !== null}
          aria-describedby={error ? `${id}-error` : undefined}
          data-path={path}
        />
      </div>
    </Input.Wrapper>
  );
}

const MARKS = {
  bold: { tag: "B", icon: IconBold },
  italic: { tag: "I", icon: IconItalic },
  list: { tag: "UL", icon: IconList },
  numbers: { tag: "OL", icon: IconListNumbers },
} as const;
type Mark = keyof typeof MARKS;
const NAMES = Object.keys(MARKS) as Mark[];

function toggle(editor: Squire, mark: Mark): void {
  const isOn = editor.hasFormat(MARKS[mark].tag);
  switch (mark) {
    case "bold":
      isOn ? editor.removeBold() : editor.bold();
      break;
    case "italic":
      isOn ? editor.removeItalic() : editor.italic();
      break;
    case "list":
      isOn ? editor.removeList() : editor.makeUnorderedList();
      break;
    case "numbers":
      isOn ? editor.removeList() : editor.makeOrderedList();
  }
  editor.focus();
}

function Toolbar({ editor, label }: { editor: Squire | null; label: string }) {
  const { t } = useTranslation();
  const [on, setOn] = useState<readonly string[]>([]);

  useEffect(() => {
    const look = () =>
      editor && setOn([...NAMES.map((mark) => MARKS[mark].tag), "A"].filter((tag) => editor.hasFormat(tag)));
    editor?.addEventListener("pathChange", look).addEventListener("input", look);
    return () => {
      editor?.removeEventListener("pathChange", look).removeEventListener("input", look);
    };
  }, [editor]);

  return (
    <div className="k-rich-tools" role="toolbar" aria-label={t("rich.toolbar", { label })}>
      {NAMES.map((mark) => (
        <Tool
          key={mark}
          label={t(`rich.${mark}`)}
          icon={MARKS[mark].icon}
          on={on.includes(MARKS[mark].tag)}
          onPress={() => editor && toggle(editor, mark)}
        />
      ))}
      <LinkTool editor={editor} on={on.includes("A")} />
      <span className="k-rich-end">
        <VariablePicker
          into={label}
          onPick={(text) => {
            editor?.insertPlainText(text, false);
            editor?.focus();
          }}
        />
      </span>
    </div>
  );
}

interface ToolProps {
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  on: boolean;
  onPress: () => void;
}

function Tool({ label, icon: Icon, on, onPress }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={on ? "light" : "subtle"}
        color={on ? "ai" : "gray"}
        size="sm"
        aria-label={label}
        aria-pressed={on}
        // The selection stays in the text.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onPress}
      >
        <Icon size={15} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}

function LinkTool({ editor, on }: { editor: Squire | null; on: boolean }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [url, setUrl] = useState("");

  function link() {
    setOpened(false);
    editor?.focus();
    if (url.trim() !== "") {
      editor?.makeLink(url.trim());
    }
    setUrl("");
  }

  if (on) {
    return (
      <Tool
        label={t("rich.unlink")}
        icon={IconLinkOff}
        on
        onPress={() => {
          editor?.removeLink();
          editor?.focus();
        }}
      />
    );
  }
  return (
    <Popover opened={opened} onChange={setOpened} width={280} shadow="md" trapFocus>
      <Popover.Target>
        <Tooltip label={t("rich.link")}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t("rich.link")}
            // The selection stays in the text.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => setOpened(true)}
          >
            <IconLink size={15} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t("rich.link")}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            link();
          }}
        >
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <TextInput
              size="xs"
              label={t("content.url")}
              placeholder="https://"
              value={url}
              onChange={({ currentTarget }) => setUrl(currentTarget.value)}
              data-autofocus
              style={{ flex: 1 }}
            />
            <Button size="xs" type="submit">
              {t("rich.makeLink")}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
