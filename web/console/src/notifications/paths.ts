import { campaignPath } from "../console";

const under = (site: string, section: string, item?: string) =>
  `/sites/${encodeURIComponent(site)}/${section}${item === undefined ? "" : `/${encodeURIComponent(item)}`}`;

/** The list of rules, or one of them; an id never begins with a tilde, as `~new` does. */
export const rulePath = (site: string, rule?: string) => under(site, "rules", rule);
export const destinationPath = (site: string, destination?: string) => under(site, "destinations", destination);
export const incidentPath = (site: string, incident?: string) => under(site, "incidents", incident);

/** The delivery log, of some of its deliveries only. */
export const deliveriesPath = (site: string, filter: Record<string, string> = {}) => {
  const query = new URLSearchParams(filter).toString();
  return `${under(site, "deliveries")}${query ? `?${query}` : ""}`;
};

/** What an incident is about. */
export const subjectPath = (site: string, kind: "campaign" | "rule", subject: string) =>
  kind === "campaign" ? campaignPath(site, subject) : rulePath(site, subject);
