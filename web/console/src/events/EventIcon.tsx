import { ThemeIcon } from "@mantine/core";
import {
  IconAlertTriangle,
  IconBolt,
  IconFileText,
  IconHandClick,
  IconLogin2,
  IconLogout2,
  IconReceipt,
  IconSearch,
  IconShoppingCart,
  IconSpeakerphone,
  IconTag,
  IconUser,
} from "@tabler/icons-react";
import type { Kind } from "./wording";

const looks = {
  page: [IconFileText, "gray"],
  product: [IconTag, "ai"],
  cart: [IconShoppingCart, "orange"],
  order: [IconReceipt, "green"],
  search: [IconSearch, "ai"],
  identity: [IconUser, "grape"],
  campaign: [IconSpeakerphone, "pink"],
  entered: [IconLogin2, "teal"],
  left: [IconLogout2, "gray"],
  error: [IconAlertTriangle, "red"],
  click: [IconHandClick, "orange"],
  other: [IconBolt, "indigo"],
} as const;

export function EventIcon({ kind, size = 28 }: { kind: Kind; size?: number }) {
  const [Icon, color] = looks[kind];
  return (
    <ThemeIcon size={size} radius="xl" variant="light" color={color} aria-hidden>
      <Icon size={size * 0.57} stroke={1.7} />
    </ThemeIcon>
  );
}
