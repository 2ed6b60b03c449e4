import type { Target } from '../../core/contract.ts';
import type { Metric } from '../../core/metrics.ts';
import { readDuration } from './duration.ts';

/** For whom a time holds: `any` is for every priority that has none of its own. */
export const PLACES = ['any', 'urgent', 'high', 'normal', 'low'] as const;
export type Place = (typeof PLACES)[number];
type Time = Target['time'];
type Cell = { readonly text: string; readonly time: Time };

/** One kind of promise while it is written: what stands in its fields, by priority. */
export type TargetLine = { readonly metric: Metric; readonly cells: Readonly<Partial<Record<Place, Cell>>>; /** For fields that are filled in now. */ readonly time: Time };

/** `write` puts a length of time as the reader's language does, in days where every hour counts. */
export function linesOf(targets: readonly Target[], write: (seconds: number, inDays: boolean) => string): TargetLine[] {
  return [...Map.groupBy(targets, ({ metric }) => metric)].map(([metric, ofMetric]) => ({
    metric,
    time: ofMetric[0]?.time ?? 'working',
    cells: Object.fromEntries(ofMetric.map(({ priority, seconds, time }) => [priority ?? 'any', { text: write(seconds, time === 'calendar'), time }])),
  }));
}

export const emptyLine = (metric: Metric): TargetLine => ({ metric, time: 'working', cells: {} });

/** Whether the fields of a line are counted in different times: only the API makes that, and nothing here takes it away unasked. */
export const isMixed = ({ cells }: TargetLine): boolean => new Set(Object.values(cells).map(({ time }) => time)).size > 1;

export const withTime = (line: TargetLine, time: Time): TargetLine =>
  ({ ...line, time, cells: Object.fromEntries(Object.entries(line.cells).map(([place, cell]) => [place, { ...cell, time }])) });

export function withText(line: TargetLine, place: Place, text: string): TargetLine {
  const { [place]: before, ...rest } = line.cells;
  return { ...line, cells: text.trim() === '' ? rest : { ...rest, [place]: { text, time: before?.time ?? line.time } } };
}

/** What is promised, and the metrics of which a field says no length of time, or that have none at all. */
export function targetsOf(lines: readonly TargetLine[]): { targets: Target[]; faults: ReadonlySet<Metric> } {
  const faults = new Set<Metric>();
  const targets = lines.flatMap(({ metric, cells }) => {
    const filled = PLACES.flatMap((place) => {
      const cell = cells[place];
      return cell ? [{ place, time: cell.time, seconds: readDuration(cell.text, cell.time === 'calendar') }] : [];
    });
    if (filled.length === 0 || filled.some(({ seconds }) => seconds === null)) faults.add(metric);
    return filled.flatMap(({ place, seconds, time }) => (seconds === null ? [] : [{ metric, ...(place !== 'any' && { priority: place }), seconds, time }]));
  });
  return { targets, faults };
}
