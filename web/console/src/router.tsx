import { createBrowserRouter } from "react-router";
import { Home } from "./shell/Home";
import { NotFound, RouteFailed } from "./shell/NotFound";
import { Shell } from "./shell/Shell";

/** Every page is its own chunk; the replay player, the heaviest, is only loaded to watch one. */
export const router = createBrowserRouter([
  { path: "/", element: <Home />, errorElement: <RouteFailed /> },
  {
    path: "/sites/:site",
    element: <Shell />,
    errorElement: <RouteFailed />,
    children: [
      { index: true, element: <Home /> },
      { path: "feed", lazy: async () => ({ Component: (await import("./feed/FeedPage")).FeedPage }) },
      { path: "people", lazy: async () => ({ Component: (await import("./people/PeoplePage")).PeoplePage }) },
      { path: "people/:person", lazy: async () => ({ Component: (await import("./people/StoryPage")).StoryPage }) },
      {
        path: "campaigns",
        lazy: async () => ({ Component: (await import("./campaigns/CampaignsPage")).CampaignsPage }),
      },
      {
        path: "campaigns/:campaign",
        lazy: async () => ({ Component: (await import("./campaigns/CampaignPage")).CampaignPage }),
      },
      { path: "replays", lazy: async () => ({ Component: (await import("./replay/ReplaysPage")).ReplaysPage }) },
      { path: "replays/:session", lazy: async () => ({ Component: (await import("./replay/ReplayPage")).ReplayPage }) },
      {
        path: "deliveries",
        lazy: async () => ({ Component: (await import("./deliveries/DeliveriesPage")).DeliveriesPage }),
      },
      { path: "settings", lazy: async () => ({ Component: (await import("./settings/SettingsPage")).SettingsPage }) },
      { path: "*", element: <NotFound /> },
    ],
  },
  { path: "*", element: <NotFound /> },
]);
