import { useChangeSegment } from "../api/changes";
import type { Segment } from "../api/types";
import { useConsole, useSite } from "../console";
import { Publishing } from "../ui/Publishing";

export function SegmentPublishing({ segment: { id, name, status } }: { segment: Segment }) {
  const { api } = useConsole();
  return <Publishing of="segment" name={name} status={status} change={useChangeSegment(api, useSite(), id)} />;
}
