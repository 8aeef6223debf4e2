import {
  IconArrowForwardUp,
  IconBrowserPlus,
  IconCheckbox,
  IconCode,
  IconLayoutBottombar,
  IconLayoutSidebarRight,
  IconListDetails,
  IconMessage2,
  IconMovie,
  IconQuestionMark,
  IconRoute,
  IconSend,
  IconTooltip,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Layout } from "./document";

export const LAYOUT_ICONS: Record<Layout, ComponentType<{ size?: number; stroke?: number }>> = {
  popup: IconMessage2,
  "slide-in": IconLayoutSidebarRight,
  bar: IconLayoutBottombar,
  embed: IconBrowserPlus,
  tooltip: IconTooltip,
  tour: IconRoute,
  checklist: IconCheckbox,
  summary: IconListDetails,
  video: IconMovie,
  survey: IconQuestionMark,
  script: IconCode,
  redirect: IconArrowForwardUp,
  notify: IconSend,
};
