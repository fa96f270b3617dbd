export { parseCsv } from './read';
export type { CsvRow, CsvTable, ParseLimits } from './read';
export { protectCell, toCsv, unprotectCell } from './write';
export type { CsvColumn, CsvOptions, CsvValue } from './write';
