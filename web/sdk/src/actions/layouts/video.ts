/** A message with a film, which starts without sound when it can be seen. */
import type { ActionOf, Clip } from "../action";
import {
  corner,
  element,
  guard,
  listen,
  message,
  openDialog,
  openPanel,
  type Stage,
  type Surface,
  safeLink,
} from "../kit";
import css from "./video.css?inline";

export function open(stage: Stage, { placement }: ActionOf<"video">): Surface<"video"> {
  const centred = placement === "center";
  const { frame, show, remove } = centred ? openDialog(stage, css) : openPanel(stage, corner(placement), "", css);
  let stop = () => {};

  return {
    frame,
    render(action) {
      stop();
      const { video, ...said } = action.content;
      const film = player(video, action.locale, stage);
      show(action, { ...message(stage, { ...said, image: null }), picture: film });
      if (film && !stage.still) stop = playInView(film);
    },
    remove() {
      stop();
      remove();
    },
  };
}

function player({ url, poster, captions }: Clip, locale: string, stage: Stage): HTMLVideoElement | undefined {
  const source = safeLink(url);
  if (!source) return undefined;
  const film = element("video", "picture film");
  Object.assign(film, { muted: true, playsInline: true, controls: true, preload: "metadata" });
  film.poster = safeLink(poster) ?? "";
  const words = safeLink(captions);
  if (words) {
    // Captions of another origin are read only with that origin's leave, and then the film's is needed too.
    if (new URL(words).origin !== location.origin) film.crossOrigin = "anonymous";
    const track = element("track");
    Object.assign(track, { kind: "captions", srclang: locale, label: locale, src: words, default: true });
    film.append(track);
  }
  listen(film, "play", () => stage.track("Video Started"), { once: true });
  listen(film, "ended", () => stage.track("Video Completed"), { once: true });
  film.src = source;
  return film;
}

/** Start it once half of it is on the screen, where the visitor has not asked for less motion; pause it out of sight. */
function playInView(film: HTMLVideoElement): () => void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return () => {};
  const observer = new IntersectionObserver(
    guard((entries: IntersectionObserverEntry[]) => {
      // A browser that forbids this leaves the visitor the button.
      if (entries.at(-1)?.isIntersecting) film.play().catch(() => {});
      else film.pause();
    }),
    { threshold: 0.5 },
  );
  observer.observe(film);
  return () => observer.disconnect();
}
