/** Round values for an axis from 0 to at least `max`: 1, 2 or 5 times a power of ten apart, about `count` of them. */
export function ticks(max: number, count = 4): number[] {
  if (!(max > 0)) {
    return [0, 1];
  }
  const rough = max / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power);
  return Array.from({ length: Math.ceil(max / step) + 1 }, (_, n) => n * step);
}
