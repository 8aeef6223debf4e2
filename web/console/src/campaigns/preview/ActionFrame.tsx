import { renderAction } from "@kizuki/sdk/preview";
import { useEffect, useRef } from "react";
import type { Json } from "../../api/types";
import { withPlaceholders } from "./placeholders";

export type Action = Parameters<typeof renderAction>[1];

export const DEVICES = { desktop: { width: 1024, height: 640 }, mobile: { width: 390, height: 720 } } as const;
export type Device = keyof typeof DEVICES;

/** A page small enough that what is on it can be read on a thumbnail. */
export const CARD = { width: 560, height: 350 };

interface Props {
  action: Action;
  size: { width: number; height: number };
  /** How wide it may be here; the page is scaled to fit. */
  width: number;
  label: string;
  /** A picture only: nothing in it can be pressed. */
  still?: boolean;
}

/** An action on a page of the site, drawn by the tag's own code. */
export function ActionFrame({ action, size, width, label, still = false }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const scale = Math.min(1, width / size.width);
  useEffect(() => {
    const drawn = { ...action, content: withPlaceholders(action.content as unknown as Json) } as unknown as Action;
    return stage.current ? renderAction(stage.current, drawn) : undefined;
  }, [action]);
  return (
    <figure
      className="k-action-frame"
      aria-label={label}
      style={{ width: size.width * scale, height: size.height * scale }}
    >
      <div
        ref={stage}
        inert={still}
        className="k-action-stage"
        style={{ width: size.width, height: size.height, transform: `scale(${scale})` }}
      >
        <PageLines />
      </div>
    </figure>
  );
}

/** The page that it stands on, as lines. */
function PageLines() {
  return (
    <div className="k-page-lines" aria-hidden>
      <span />
      <span />
      <span />
      <span />
      <span />
      <span />
    </div>
  );
}
