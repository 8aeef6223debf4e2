import type { Campaign } from "../api/campaigns";
import { useChangeCampaign } from "../api/changes";
import { useConsole, useSite } from "../console";
import { Publishing } from "../ui/Publishing";

export function PublishButton({ campaign: { id, name, status } }: { campaign: Campaign }) {
  const { api } = useConsole();
  return <Publishing of="campaign" name={name} status={status} change={useChangeCampaign(api, useSite(), id)} />;
}
