'use client';
import { Bar, BarChart, CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { seriesLook } from './types';
import type { ChartPoint, ChartSeries } from './types';

type ViewProps = {
  kind: 'line' | 'bar';
  data: readonly ChartPoint[];
  series: readonly ChartSeries[];
  format: (value: number) => string;
  formatAxis: (value: number) => string;
  height: number;
};

/** The drawing itself; loaded apart, because most pages have no chart. */
export default function ChartView({ kind, data, series, format, formatAxis, height }: ViewProps) {
  const rows = data.map((point) => ({ label: point.label, ...point.values }));
  // of what is counted there is no half
  const whole = data.every(({ values }) => Object.values(values).every(Number.isInteger));
  const tick = { fill: 'var(--ink-muted)', fontSize: 12 };
  const Frame = kind === 'line' ? LineChart : BarChart;
  return (
    <ResponsiveContainer width="100%" height={height}>
      <Frame data={rows} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} accessibilityLayer={false} {...(kind === 'bar' ? { barGap: 2 } : {})}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" tick={tick} tickLine={false} axisLine={{ stroke: 'var(--line-strong)' }} minTickGap={16} />
        <YAxis tick={tick} tickLine={false} axisLine={false} width="auto" tickFormatter={formatAxis} tickCount={5} allowDecimals={!whole} />
        <Tooltip
          isAnimationActive={false}
          cursor={kind === 'line' ? { stroke: 'var(--line-strong)' } : { fill: 'var(--sunken)' }}
          formatter={(value) => format(Number(value))}
          contentStyle={{ background: 'var(--raised)', border: '1px solid var(--line)', borderRadius: 6, boxShadow: 'var(--shadow)', fontSize: 13, color: 'var(--ink)' }}
          itemStyle={{ color: 'var(--ink)' }}
          labelStyle={{ fontWeight: 600 }}
        />
        {series.map((one, index) => {
          const { colour, dash } = seriesLook(index);
          return kind === 'line' ? (
            <Line key={one.key} dataKey={one.key} name={one.label} type="linear" stroke={colour} strokeDasharray={dash} strokeWidth={2} dot={false} activeDot={{ r: 4 }} isAnimationActive={false} />
          ) : (
            <Bar key={one.key} dataKey={one.key} name={one.label} fill={colour} fillOpacity={index === 0 ? 1 : 0.75} radius={[3, 3, 0, 0]} maxBarSize={36} isAnimationActive={false} />
          );
        })}
      </Frame>
    </ResponsiveContainer>
  );
}
