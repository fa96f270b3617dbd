import { badField } from './fault';

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: unknown, name: string): Fields {
  if (!isFields(value)) throw badField(name, `${name} must be an object`);
  return value;
}

export function listOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw badField(name, `${name} must be a list`);
  return value;
}

export function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') throw badField(name, `${name} is required`);
  return value;
}

export function maybeText(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw badField(name, `${name} must be text`);
  return value;
}

export function wordOf<T extends string>(fields: Fields, name: string, words: readonly T[], standard?: T): T {
  const value = fields[name];
  if (value === undefined && standard !== undefined) return standard;
  const found = words.find((word) => word === value);
  if (found === undefined) throw badField(name, `${name} must be one of ${words.join(', ')}`);
  return found;
}

export function countOf(fields: Fields, name: string, standard: number): number {
  const value = fields[name] ?? standard;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw badField(name, `${name} must be a whole number`);
  return value;
}

/** Minor units as the provider writes them: a string of digits. */
export function minorOf(fields: Fields, name: string): bigint {
  const value = fields[name];
  if (typeof value !== 'string' || !/^\d{1,15}$/u.test(value)) throw badField(name, `${name} must be a string of minor units`);
  return BigInt(value);
}

export function customDataOf(fields: Fields): Record<string, unknown> | null {
  const value = fields['custom_data'];
  return value === undefined || value === null ? null : { ...fieldsOf(value, 'custom_data') };
}
