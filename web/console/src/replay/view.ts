import type { Note } from "./notes";
import type { Size } from "./screen";

/** Why there is nothing to draw: nothing arrived, it is no recording, or the picture it starts from is not there. */
export type Unplayable = "missing" | "damaged" | "no_full_snapshot";

/** What the page draws. Times are milliseconds from the start of the recording. */
export interface View {
  status: "loading" | "ready" | "failed" | "unplayable";
  /** Of `unplayable`. */
  reason: Unplayable | null;
  /** To a tenth of a second, so that the page is not drawn anew sixty times in each. */
  time: number;
  playing: boolean;
  /** Playing, but what comes next is not here yet. */
  waiting: boolean;
  ended: boolean;
  /** Keeps to the edge of a visit that goes on. */
  following: boolean;
  /** The moment that was asked for, where nothing was recorded then and what comes next is shown instead. */
  missed: number | null;
  speed: number;
  skipsPauses: boolean;
  tab: string | null;
  size: Size | null;
  /** The page the visitor was on. */
  href: string | null;
  /** What the recorder noted, of the chunks that are here. */
  notes: readonly Note[];
}

export const FIRST_VIEW: View = {
  status: "loading",
  reason: null,
  time: 0,
  playing: false,
  waiting: false,
  ended: false,
  following: false,
  missed: null,
  speed: 1,
  skipsPauses: true,
  tab: null,
  size: null,
  href: null,
  notes: [],
};
