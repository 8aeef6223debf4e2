import {
  IconBraces,
  IconBrandSlack,
  IconMail,
  IconMessageCircle,
  IconQuestionMark,
  IconRobot,
  IconWebhook,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Kind } from "./destination";

type Icon = ComponentType<{ size?: number; stroke?: number }>;

export const KIND_ICONS: Record<Kind, Icon> = {
  slack: IconBrandSlack,
  slackBot: IconRobot,
  webhook: IconWebhook,
  json: IconBraces,
  email: IconMail,
  line: IconMessageCircle,
};

/** The icon of a type as lists name it; unknown where there is no such destination. */
export function TypeIcon({ type, size = 16 }: { type: string; size?: number }) {
  const Icon = Object.hasOwn(KIND_ICONS, type) ? KIND_ICONS[type as Kind] : IconQuestionMark;
  return <Icon size={size} stroke={1.7} aria-hidden />;
}
