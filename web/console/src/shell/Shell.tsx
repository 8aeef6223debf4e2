import {
  ActionIcon,
  AppShell,
  Badge,
  Burger,
  Group,
  NavLink,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconActivity,
  IconAlertTriangle,
  IconBell,
  IconBroadcast,
  IconMoon,
  IconSend,
  IconSettings,
  IconSpeakerphone,
  IconSun,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, ScrollRestoration, useLocation, useNavigation } from "react-router";
import { useConsole, useSite } from "../console";
import { useOpenIncidents } from "../incidents/useOpenIncidents";
import { Failed, LoadingRows } from "../ui/states";
import { LanguageMenu } from "./LanguageMenu";
import { Logo } from "./Logo";
import { lastSite } from "./lastSite";
import { NoSites } from "./NoSites";
import { NotFound } from "./NotFound";
import { SiteSwitcher } from "./SiteSwitcher";
import { UserMenu } from "./UserMenu";

const sections = [
  { path: "feed", icon: IconActivity, label: "nav.feed" },
  { path: "people", icon: IconUsers, label: "nav.people" },
  { path: "segments", icon: IconUsersGroup, label: "nav.segments" },
  { path: "campaigns", icon: IconSpeakerphone, label: "nav.campaigns" },
  { path: "replays", icon: IconBroadcast, label: "nav.replays" },
  { path: "rules", also: "destinations", icon: IconBell, label: "nav.notifications" },
  { path: "deliveries", icon: IconSend, label: "nav.deliveries" },
  { path: "incidents", icon: IconAlertTriangle, label: "nav.incidents" },
  { path: "settings", icon: IconSettings, label: "nav.settings" },
] as const;

export function Shell() {
  const { t } = useTranslation();
  const site = useSite();
  const { queries, session } = useConsole();
  const me = useQuery(queries.me());
  const [menuOpen, menu] = useDisclosure(false);
  const location = useLocation();
  const moving = useNavigation().state !== "idle";
  const known = me.data?.sites.some(({ id }) => id === site);
  const noSites = me.data?.sites.length === 0;
  const navigable = site !== "" && !noSites;

  useEffect(() => {
    if (known) {
      lastSite.set(site);
    }
  }, [known, site]);
  useArrival(location.pathname, menu.close);

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: "sm", collapsed: { mobile: !menuOpen, desktop: !navigable } }}
      padding={{ base: "sm", sm: "lg" }}
    >
      <a href="#main" className="k-skip">
        {t("shell.skip")}
      </a>
      <ScrollRestoration />
      <AppShell.Header px={{ base: "xs", sm: "md" }}>
        <Group h="100%" justify="space-between" wrap="nowrap" gap="xs">
          <Group wrap="nowrap" gap="xs" miw={0}>
            {navigable && (
              <Burger
                opened={menuOpen}
                onClick={menu.toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={menuOpen ? t("shell.closeMenu") : t("shell.openMenu")}
              />
            )}
            <Link to="/" className="k-plain" aria-label="Kizuki">
              <Logo compact />
            </Link>
            <SiteSwitcher sites={me.data?.sites} site={site} />
          </Group>
          <Group wrap="nowrap" gap={4}>
            <LanguageMenu />
            <SchemeToggle />
            <UserMenu email={session.email()} />
          </Group>
        </Group>
      </AppShell.Header>
      {navigable && (
        <AppShell.Navbar p="xs" aria-label={t("nav.label")}>
          {sections.map(({ path, icon: Icon, label, ...section }) => {
            const to = `/sites/${encodeURIComponent(site)}/${path}`;
            const active = isWithin(location.pathname, [to, "also" in section && to.replace(/[^/]*$/, section.also)]);
            return (
              <NavLink
                key={path}
                component={Link}
                to={to}
                label={t(label)}
                leftSection={<Icon size={19} stroke={1.7} aria-hidden />}
                active={active}
                aria-current={active ? "page" : undefined}
                className="k-nav"
                rightSection={path === "incidents" ? <OpenIncidents site={site} /> : undefined}
              />
            );
          })}
        </AppShell.Navbar>
      )}
      <AppShell.Main id="main" tabIndex={-1} aria-busy={moving} style={{ outline: "none" }}>
        {me.isError && !me.data ? (
          <Failed error={me.error} retry={me.refetch} />
        ) : noSites ? (
          <NoSites />
        ) : site && known === false ? (
          <NotFound />
        ) : (
          <Suspense fallback={<LoadingRows />}>
            <Outlet />
          </Suspense>
        )}
      </AppShell.Main>
    </AppShell>
  );
}

function isWithin(pathname: string, sections: readonly (string | false)[]): boolean {
  return sections.some((section) => section && (pathname === section || pathname.startsWith(`${section}/`)));
}

/** How many incidents wait for somebody. */
function OpenIncidents({ site }: { site: string }) {
  const { t } = useTranslation();
  const count = useOpenIncidents(site);
  return count > 0 ? (
    <Badge size="sm" color="red" circle={count < 10} aria-label={t("incidents.open", { count })}>
      {count}
    </Badge>
  ) : null;
}

/** On another page the menu is closed, and the keyboard and screen readers begin with its content. */
function useArrival(path: string, closeMenu: () => void): void {
  const from = useRef(path);
  useEffect(() => {
    if (from.current !== path) {
      from.current = path;
      closeMenu();
      document.getElementById("main")?.focus({ preventScroll: true });
    }
  }, [path, closeMenu]);
}

function SchemeToggle() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  const label = dark ? t("shell.light") : t("shell.dark");
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        onClick={() => setColorScheme(dark ? "light" : "dark")}
      >
        {dark ? <IconSun size={19} stroke={1.6} /> : <IconMoon size={19} stroke={1.6} />}
      </ActionIcon>
    </Tooltip>
  );
}
