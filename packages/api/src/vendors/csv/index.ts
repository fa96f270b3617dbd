export { parseCsv } from './read';
export type { CsvRow, CsvTable, ParseLimits } from './read';
export { csvHead, csvRows, decimalOf, delimiterOf, protectCell, toCsv, unprotectCell } from './write';
export type { CsvColumn, CsvOptions, CsvValue } from './write';
