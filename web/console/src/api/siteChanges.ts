import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RenderRequest, SitePreview, SiteSettings, Template } from "./campaigns";
import type { ApiClient } from "./client";
import { at, id } from "./pages";
import type { JsonObject } from "./types";

/** Change some of the site's settings; the API lets administrators only. */
export function useSaveSettings(api: ApiClient, site: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (change: Partial<SiteSettings>) => {
      // The API takes all of them: the others as they are now, whoever has changed them meanwhile.
      const present = await api.get<SiteSettings>(at(site, "/settings"));
      return api.put<SiteSettings>(at(site, "/settings"), { ...present, ...change });
    },
    onSuccess: (saved) => {
      client.setQueryData([site, "settings"], saved);
      return client.invalidateQueries({ queryKey: [site, "changes"] });
    },
  });
}

export interface OwnTemplate {
  id: string;
  name: string;
  purpose: string;
  /** A campaign without its id. */
  definition: JsonObject;
}

/** Keep a campaign as a template of the site. */
export function useSaveTemplate(api: ApiClient, site: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id: template, ...written }: OwnTemplate) =>
      api.put<Template>(at(site, `/templates/${id(template)}`), written),
    onSuccess: () => client.invalidateQueries({ queryKey: [site, "templates"] }),
  });
}

export function useDeleteTemplate(api: ApiClient, site: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (template: string) => api.delete(at(site, `/templates/${id(template)}`)),
    onSuccess: () => client.invalidateQueries({ queryKey: [site, "templates"] }),
  });
}

/** Make a link that shows the campaign on a page of the site, to whoever opens it. */
export function useSitePreview(api: ApiClient, site: string) {
  return useMutation({
    mutationFn: (request: RenderRequest & { url: string }) =>
      api.post<SitePreview>(at(site, "/campaigns/~preview"), request),
  });
}
