import { useMemo } from "react";
import { encode } from "uqr";

const QUIET = 4;

/** A QR code, dark on light whatever the page's colours are: cameras expect that. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { size, data } = encode(text, { ecc: "M", border: 0 });
    const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : [])));
    return { size, path: dark.join("") };
  }, [text]);
  return (
    <svg viewBox={`0 0 ${size + 2 * QUIET} ${size + 2 * QUIET}`} role="img" aria-label={label} className="k-qr">
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
