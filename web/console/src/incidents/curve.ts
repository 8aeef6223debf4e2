import type { Point } from "../api/incidents";

/** Points of five minutes gathered to half hours: fewer to read, and less noise. */
export const GATHERED = 6;

export interface Gathered {
  at: string;
  expected: number;
  seen: number;
}

export function gathered(curve: readonly Point[], size = GATHERED): Gathered[] {
  const points: Gathered[] = [];
  for (let from = 0; from < curve.length; from += size) {
    const part = curve.slice(from, from + size);
    const [first] = part;
    if (first) {
      points.push({
        at: first.at,
        expected: part.reduce((sum, { expected }) => sum + expected, 0),
        seen: part.reduce((sum, { seen }) => sum + seen, 0),
      });
    }
  }
  return points;
}

/** At which place of the points a moment lies, between them too; null outside of them. */
export function placeOf(points: readonly Gathered[], at: string): number | null {
  const [first, second] = points;
  if (!first || !second) {
    return null;
  }
  const start = Date.parse(first.at);
  const place = (Date.parse(at) - start) / (Date.parse(second.at) - start);
  return place >= 0 && place <= points.length - 1 ? place : null;
}
