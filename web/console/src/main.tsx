import "./mantine.css";
import "./app.css";
import "./events/events.css";
import "./people/people.css";
import "./campaigns/campaigns.css";
import "./conditions/conditions.css";
import "./segments/segments.css";
import "./explanation/explanation.css";
import "./replay/replay.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiClient, ApiError } from "./api/client";
import { queries } from "./api/queries";
import { Cognito } from "./auth/cognito";
import { Gate } from "./auth/Gate";
import { Session } from "./auth/session";
import { loadConfig } from "./config";
import { ConsoleContext } from "./console";
import { startI18n } from "./i18n";
import { Misconfigured } from "./shell/Misconfigured";
import { cssVariables, theme } from "./theme";

const root = createRoot(document.getElementById("root") as HTMLElement);

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // Asking again helps when the network or the platform faltered, not when the answer was "no".
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
});

async function start() {
  await startI18n();
  const config = await loadConfig().catch(() => null);
  if (!config) {
    return <Misconfigured />;
  }
  const cognito = new Cognito(config);
  const session = new Session(cognito);
  const api = new ApiClient(config.api_url, session);
  // One operator's data must not greet the next one on a shared computer.
  session.subscribe(() => !session.signedIn() && client.clear());
  return (
    <ConsoleContext value={{ config, cognito, session, api, queries: queries(api) }}>
      <QueryClientProvider client={client}>
        <Gate />
      </QueryClientProvider>
    </ConsoleContext>
  );
}

void start().then((page) =>
  root.render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        {page}
      </MantineProvider>
    </StrictMode>,
  ),
);
