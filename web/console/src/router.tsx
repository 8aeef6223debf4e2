import { type ComponentType, lazy } from "react";
import { createBrowserRouter } from "react-router";
import { Home } from "./shell/Home";
import { NotFound, RouteFailed } from "./shell/NotFound";
import { Shell } from "./shell/Shell";

/** Every page is its own chunk, loaded inside the shell; the replay player, the heaviest, only to watch a replay. */
function page<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  const Loaded = lazy(async () => ({ default: (await load())[name] as ComponentType }));
  return <Loaded />;
}

export const router = createBrowserRouter([
  {
    path: "/",
    element: <Shell />,
    errorElement: <RouteFailed />,
    children: [
      { index: true, element: <Home /> },
      { path: "*", element: <NotFound /> },
    ],
  },
  {
    path: "/sites/:site",
    element: <Shell />,
    errorElement: <RouteFailed />,
    children: [
      { index: true, element: <Home /> },
      { path: "feed", element: page(() => import("./feed/FeedPage"), "FeedPage") },
      { path: "people", element: page(() => import("./people/PeoplePage"), "PeoplePage") },
      { path: "people/:person", element: page(() => import("./people/StoryPage"), "StoryPage") },
      { path: "campaigns", element: page(() => import("./campaigns/CampaignsPage"), "CampaignsPage") },
      // An id never begins with a tilde.
      { path: "campaigns/~new", element: page(() => import("./campaigns/NewCampaignPage"), "NewCampaignPage") },
      {
        path: "campaigns/~new/edit",
        element: page(() => import("./campaigns/CreateCampaignPage"), "CreateCampaignPage"),
      },
      {
        path: "campaigns/:campaign/edit",
        element: page(() => import("./campaigns/EditCampaignPage"), "EditCampaignPage"),
      },
      { path: "campaigns/:campaign", element: page(() => import("./campaigns/CampaignPage"), "CampaignPage") },
      { path: "segments", element: page(() => import("./segments/SegmentsPage"), "SegmentsPage") },
      { path: "segments/~new", element: page(() => import("./segments/NewSegmentPage"), "NewSegmentPage") },
      { path: "segments/:segment", element: page(() => import("./segments/SegmentPage"), "SegmentPage") },
      { path: "replays", element: page(() => import("./live/LivePage"), "LivePage") },
      { path: "replays/:session", element: page(() => import("./replay/ReplayPage"), "ReplayPage") },
      { path: "rules", element: page(() => import("./notifications/RulesPage"), "RulesPage") },
      { path: "rules/~new", element: page(() => import("./notifications/RulePage"), "NewRulePage") },
      { path: "rules/:rule", element: page(() => import("./notifications/RulePage"), "RulePage") },
      { path: "destinations", element: page(() => import("./notifications/DestinationsPage"), "DestinationsPage") },
      {
        path: "destinations/~new",
        element: page(() => import("./notifications/DestinationPage"), "NewDestinationPage"),
      },
      {
        path: "destinations/:destination",
        element: page(() => import("./notifications/DestinationPage"), "DestinationPage"),
      },
      { path: "incidents", element: page(() => import("./incidents/IncidentsPage"), "IncidentsPage") },
      { path: "incidents/:incident", element: page(() => import("./incidents/IncidentPage"), "IncidentPage") },
      { path: "deliveries", element: page(() => import("./deliveries/DeliveriesPage"), "DeliveriesPage") },
      { path: "changes", element: page(() => import("./changes/ChangesPage"), "ChangesPage") },
      { path: "settings", element: page(() => import("./settings/SettingsPage"), "SettingsPage") },
      { path: "*", element: <NotFound /> },
    ],
  },
]);
