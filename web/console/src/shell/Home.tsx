import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "react-router";
import { useConsole } from "../console";
import { LoadingRows } from "../ui/states";
import { lastSite } from "./lastSite";

/** Go on to the live feed of the site the operator last worked on. */
export function Home() {
  const { site } = useParams();
  const { queries } = useConsole();
  const sites = useQuery(queries.me()).data?.sites;
  const chosen = site ?? (sites?.find(({ id }) => id === lastSite.get()) ?? sites?.[0])?.id;
  return chosen ? <Navigate to={`/sites/${encodeURIComponent(chosen)}/feed`} replace /> : <LoadingRows />;
}
