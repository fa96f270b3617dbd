export type ChartSeries = { key: string; label: string };
export type ChartPoint = {
  /** Under the axis: a month, a branch. */
  label: string;
  values: Readonly<Record<string, number>>;
};

/** At most four series: more cannot be told apart without colour. */
export const seriesColours = ['var(--accent)', 'var(--signal)', 'var(--info)', 'var(--ink-muted)'] as const;
export const seriesDashes = ['', '6 4', '2 3', '8 3 2 3'] as const;

/** Colour and dash of the series at an index. */
export function seriesLook(index: number): { colour: string; dash: string } {
  return { colour: seriesColours[index % 4] ?? seriesColours[0], dash: seriesDashes[index % 4] ?? '' };
}
