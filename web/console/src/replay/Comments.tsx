import { ActionIcon, Alert, Button, Group, Text, Textarea, UnstyledButton } from "@mantine/core";
import { IconMessage2, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReplayComment } from "../api/live";
import { useAddComment, useDeleteComment } from "../api/liveChanges";
import { useConsole, useSite } from "../console";
import { counter } from "../format/time";
import { ConfirmDialog } from "../ui/ConfirmDialog";
import { Empty, useErrorText } from "../ui/states";
import { When } from "../ui/When";

interface Props {
  session: string;
  comments: readonly ReplayComment[];
  /** Where the player stands. */
  time: number;
  /** Stop there, to write about what is on the screen. */
  pause: () => void;
  seek: (time: number) => void;
}

/** What colleagues wrote about a second of the recording. */
export function Comments({ session, comments, time, pause, seek }: Props) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const site = useSite();
  const errorText = useErrorText();
  const add = useAddComment(api, site, session);
  const [text, setText] = useState("");
  const [removed, setRemoved] = useState<ReplayComment | null>(null);
  const write = () =>
    add.mutate({ offset: Math.max(0, Math.round(time)), text: text.trim() }, { onSuccess: () => setText("") });
  return (
    <div className="k-comments">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          write();
        }}
      >
        <Textarea
          aria-label={t("comment.write")}
          placeholder={t("comment.placeholder")}
          value={text}
          onFocus={pause}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          maxLength={2000}
          autosize
          minRows={2}
          maxRows={8}
        />
        {add.isError && (
          <Alert color="red" variant="light" role="alert" mt="xs" py="xs">
            {errorText(add.error)}
          </Alert>
        )}
        <Group justify="flex-end" mt={6}>
          <Button type="submit" size="xs" disabled={text.trim() === ""} loading={add.isPending}>
            {t("comment.add", { at: counter(time) })}
          </Button>
        </Group>
      </form>
      {comments.length === 0 ? (
        <Empty icon={IconMessage2} title={t("comment.none")}>
          {t("comment.noneAbout")}
        </Empty>
      ) : (
        <ol className="k-list" aria-label={t("comment.title")}>
          {comments.map((comment) => (
            <li key={comment.id} className="k-row k-comment">
              <UnstyledButton
                className="k-comment-at"
                onClick={() => seek(comment.offset)}
                aria-label={t("comment.jump", { at: counter(comment.offset) })}
              >
                {counter(comment.offset)}
              </UnstyledButton>
              <div style={{ minWidth: 0 }}>
                <Text size="sm" className="k-anywhere k-said">
                  {comment.text}
                </Text>
                <Text size="xs" c="dimmed" className="k-anywhere">
                  {comment.by} · <When at={comment.at} />
                </Text>
              </div>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t("comment.delete", { at: counter(comment.offset) })}
                onClick={() => setRemoved(comment)}
              >
                <IconTrash size={15} stroke={1.7} />
              </ActionIcon>
            </li>
          ))}
        </ol>
      )}
      {removed && <DeleteDialog session={session} comment={removed} onClose={() => setRemoved(null)} />}
    </div>
  );
}

function DeleteDialog({ session, comment, onClose }: { session: string; comment: ReplayComment; onClose: () => void }) {
  const { t } = useTranslation();
  const { api } = useConsole();
  const remove = useDeleteComment(api, useSite(), session);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("comment.deleteTitle")}
      confirm={t("comment.deleteConfirm")}
      onConfirm={() => remove.mutate(comment.id, { onSuccess: onClose })}
      pending={remove.isPending}
      error={remove.error}
      dangerous
    >
      <Text size="sm" className="k-anywhere k-said">
        {comment.text}
      </Text>
    </ConfirmDialog>
  );
}
