import { Alert, Box, Button, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsole } from "../console";
import { LanguageMenu } from "../shell/LanguageMenu";
import { Logo } from "../shell/Logo";
import { CognitoError } from "./cognito";
import type { Step } from "./signInSteps";

/** Cognito's exceptions that an operator can do something about. */
const messages = {
  NotAuthorizedException: "signIn.wrong",
  UserNotFoundException: "signIn.wrong",
  InvalidPasswordException: "signIn.weakPassword",
  InvalidParameterException: "signIn.weakPassword",
  PasswordResetRequiredException: "signIn.resetRequired",
  UserNotConfirmedException: "signIn.resetRequired",
  TooManyRequestsException: "signIn.tooMany",
  LimitExceededException: "signIn.tooMany",
  CodeMismatchException: "signIn.wrongCode",
  EnableSoftwareTokenMFAException: "signIn.wrongCode",
  ExpiredCodeException: "signIn.challengeExpired",
  Unreachable: "error.unreachable",
} as const;

const headings = {
  credentials: ["signIn.title", "signIn.about", "signIn.submit"],
  newPassword: ["signIn.newPasswordTitle", "signIn.newPasswordAbout", "signIn.save"],
  code: ["signIn.codeTitle", "signIn.codeAbout", "signIn.submit"],
} as const;

/** Signing in is a lazy step of its own, so that a signed-in operator never loads the library for it. */
async function begin(...args: Parameters<typeof import("./signInSteps").signIn>): Promise<Step> {
  const { signIn } = await import("./signInSteps");
  return signIn(...args);
}

export function SignIn() {
  const { t } = useTranslation();
  const { cognito, session } = useConsole();
  const [email, setEmail] = useState("");
  const [secret, setSecret] = useState("");
  const [asked, setAsked] = useState<Exclude<Step, { kind: "done" }> | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const stage = asked?.kind ?? "credentials";
  const [title, about, action] = headings[stage];

  useEffect(() => {
    document.title = `${t("signIn.title")} · Kizuki`;
  }, [t]);

  function explain(failure: unknown) {
    const code = failure instanceof CognitoError ? failure.code : "Unknown";
    if (asked && code === "NotAuthorizedException") {
      // The challenge is only good for a few minutes: begin again.
      setAsked(null);
      setError(t("signIn.challengeExpired"));
    } else {
      setError(Object.hasOwn(messages, code) ? t(messages[code as keyof typeof messages]) : t("error.unknown"));
    }
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const step = asked
        ? await asked.answer(stage === "code" ? secret.trim() : secret)
        : await begin(cognito, email.trim(), secret);
      if (step.kind === "done") {
        session.start(step.tokens);
        return;
      }
      setAsked(step);
      setSecret("");
    } catch (failure) {
      explain(failure);
    }
    setBusy(false);
  }

  return (
    <Box component="main" mih="100dvh" p="md" style={{ display: "grid", placeItems: "center" }}>
      <Box w="100%" maw={400}>
        <Group justify="space-between" mb="lg">
          <Logo />
          <LanguageMenu />
        </Group>
        <Paper withBorder p="xl" radius="lg">
          <form onSubmit={submit}>
            <Stack gap="md">
              <div>
                <Title order={1} size="h3">
                  {t(title)}
                </Title>
                <Text size="sm" c="dimmed" mt={4}>
                  {t(about)}
                </Text>
              </div>
              {session.reason === "expired" && !error && !asked && (
                <Alert color="yellow" variant="light" role="status">
                  {t("signIn.expired")}
                </Alert>
              )}
              {error && (
                <Alert color="red" variant="light" role="alert">
                  {error}
                </Alert>
              )}
              <TextInput
                label={t("signIn.email")}
                type="email"
                name="email"
                autoComplete="username"
                required
                withAsterisk={false}
                readOnly={asked !== null}
                value={email}
                onChange={(event) => setEmail(event.currentTarget.value)}
              />
              {stage === "code" ? (
                <TextInput
                  label={t("signIn.code")}
                  name="code"
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  pattern="[0-9]{6}"
                  required
                  withAsterisk={false}
                  value={secret}
                  onChange={(event) => setSecret(event.currentTarget.value)}
                />
              ) : (
                <PasswordInput
                  key={stage}
                  label={stage === "newPassword" ? t("signIn.newPassword") : t("signIn.password")}
                  name="password"
                  autoComplete={stage === "newPassword" ? "new-password" : "current-password"}
                  required
                  withAsterisk={false}
                  value={secret}
                  onChange={(event) => setSecret(event.currentTarget.value)}
                  visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
                />
              )}
              <Button type="submit" loading={busy} fullWidth mt="xs">
                {t(action)}
              </Button>
            </Stack>
          </form>
        </Paper>
      </Box>
    </Box>
  );
}
