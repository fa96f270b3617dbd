'use client';
import { Suspense, lazy, useState } from 'react';
import type { ReactNode } from 'react';
import { ChartColumn, Table2 } from 'lucide-react';
import { IconButton } from '../actions/button';
import { useWords } from '../context/words';
import { Skeleton } from '../feedback/skeleton';
import { cn } from '../lib/cn';
import { seriesLook } from './types';
import type { ChartPoint, ChartSeries } from './types';

const ChartView = lazy(() => import('./chart-view'));

export type ChartProps = {
  title: ReactNode;
  /** What the table's first column holds, such as "Month". */
  labelHeader: string;
  data: readonly ChartPoint[];
  /** At most four. */
  series: readonly ChartSeries[];
  format: (value: number) => string;
  /** Shorter figures for the axis. Default `format`. */
  formatAxis?: ((value: number) => string) | undefined;
  /** Height of the drawing in px. Default 240. */
  height?: number | undefined;
  loading?: boolean | undefined;
  /** In place of the drawing when there is nothing to draw. */
  empty?: ReactNode;
  className?: string | undefined;
};

/** A line over time. Its figures are also a table, always for screen readers and on demand for everyone. */
export function LineChart(props: ChartProps) {
  return <Chart {...props} kind="line" />;
}

/** Bars side by side. Its figures are also a table. */
export function BarChart(props: ChartProps) {
  return <Chart {...props} kind="bar" />;
}

function Chart({ kind, title, labelHeader, data, series, format, formatAxis, height = 240, loading, empty, className }: ChartProps & { kind: 'line' | 'bar' }) {
  const words = useWords();
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className={cn('min-w-0 rounded-card border bg-raised p-4 sm:p-5', className)}>
      <div className="mb-3 flex items-start justify-between gap-3">
        <figcaption>
          <span className="block text-section font-semibold">{title}</span>
          {series.length > 1 ? (
            <span className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-note text-ink-muted">
              {series.map((one, index) => (
                <span key={one.key} className="inline-flex items-center gap-1.5">
                  <svg viewBox="0 0 18 8" aria-hidden="true" className="h-2 w-4.5">
                    {kind === 'line' ? (
                      <path d="M0 4H18" stroke={seriesLook(index).colour} strokeWidth="2.5" strokeDasharray={seriesLook(index).dash} />
                    ) : (
                      <rect x="8" width="10" height="8" rx="2" fill={seriesLook(index).colour} fillOpacity={index === 0 ? 1 : 0.75} />
                    )}
                  </svg>
                  {one.label}
                </span>
              ))}
            </span>
          ) : null}
        </figcaption>
        <IconButton
          size="small"
          label={asTable ? words.showAsChart : words.showAsTable}
          icon={asTable ? <ChartColumn /> : <Table2 />}
          onClick={() => setAsTable(!asTable)}
        />
      </div>
      {loading ? (
        <div style={{ height }} role="status"><span className="sr-only">{words.loading}</span><Skeleton className="h-full" /></div>
      ) : data.length === 0 ? (
        <div style={{ minHeight: height }}>{empty}</div>
      ) : (
        <>
          {asTable ? null : (
            <div aria-hidden="true" style={{ height }}>
              <Suspense fallback={<Skeleton className="h-full" />}>
                <ChartView kind={kind} data={data} series={series} format={format} formatAxis={formatAxis ?? format} height={height} />
              </Suspense>
            </div>
          )}
          <div className={asTable ? 'overflow-y-auto' : 'sr-only'} style={asTable ? { height } : undefined} {...(asTable ? { tabIndex: 0 } : {})}>
            <table className="w-full text-left">
              <thead>
                <tr>
                  <th scope="col" className="border-b py-1.5 pr-3 text-note font-semibold text-ink-muted">{labelHeader}</th>
                  {series.map((one) => (
                    <th key={one.key} scope="col" className="border-b py-1.5 pl-3 text-right text-note font-semibold text-ink-muted">{one.label}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.map((point) => (
                  <tr key={point.label}>
                    <th scope="row" className="border-b py-1.5 pr-3 font-normal">{point.label}</th>
                    {series.map((one) => (
                      <td key={one.key} className="figures border-b py-1.5 pl-3 text-right">{one.key in point.values ? format(point.values[one.key] ?? 0) : ''}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </figure>
  );
}
