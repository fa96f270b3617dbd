export { BarChart, LineChart } from './chart';
export type { ChartProps } from './chart';
export type { ChartPoint, ChartSeries } from './types';
