import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { accountInput } from './paddle/accounts';
import type { AccountInput } from './paddle/accounts';
import { isFields } from './paddle/body';
import { readToken } from './uploadthing/server';
import type { UploadApp } from './uploadthing/server';

/** A setting that is missing or wrong; the message is the one line to show. */
export class BadSetting extends Error {
  override readonly name = 'BadSetting';
}

export type SimulatorEnv = {
  readonly paddlePort: number;
  readonly uploadThingPort: number;
  /** Null: the clearing service is not simulated. */
  readonly efakturaPort: number | null;
  readonly efakturaKeys: readonly string[];
  /** The checkout's ignored data folder. */
  readonly dataDir: string;
  readonly accounts: readonly AccountInput[];
  readonly apps: readonly UploadApp[];
};

type Source = Readonly<Record<string, string | undefined>>;

function port(source: Source, name: string, standard: number): number {
  const number = Number(source[name] || standard);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) throw new BadSetting(`${name} must be a port between 1 and 65535`);
  return number;
}

function accounts(text: string | undefined): AccountInput[] {
  if (!text) return [];
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every(isFields)) return list.map(accountInput);
  } catch (error) {
    throw new BadSetting(`PADDLE_SIM_ACCOUNTS: ${error instanceof Error ? error.message : 'not valid'}`);
  }
  throw new BadSetting('PADDLE_SIM_ACCOUNTS must be a JSON list of accounts');
}

function keys(text: string | undefined): string[] {
  if (!text) return [];
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list) || !list.every(isFields)) throw new BadSetting('EFAKTURA_SIM_ACCOUNTS must be a JSON list of accounts');
  return list.map(({ apiKey }) => String(apiKey));
}

function apps(text: string | undefined): UploadApp[] {
  if (!text) throw new BadSetting('UPLOADTHING_TOKEN is not set: base64 of {"apiKey":"sk_...","appId":"...","regions":["..."]}, several separated by commas');
  return text.split(',').map((token) => readToken(token.trim()));
}

/** Reads the settings of `main.ts`. Throws with one line naming the variable. */
export function readEnv(source: Source = process.env): SimulatorEnv {
  return {
    paddlePort: port(source, 'PADDLE_SIM_PORT', 3010),
    uploadThingPort: port(source, 'UPLOADTHING_SIM_PORT', 3011),
    efakturaPort: source['EFAKTURA_SIM_PORT'] ? port(source, 'EFAKTURA_SIM_PORT', 0) : null,
    efakturaKeys: keys(source['EFAKTURA_SIM_ACCOUNTS']),
    dataDir: source['SIMULATORS_DATA_DIR'] || join(fileURLToPath(import.meta.url), '../../../../.data'),
    accounts: accounts(source['PADDLE_SIM_ACCOUNTS']),
    apps: apps(source['UPLOADTHING_TOKEN']),
  };
}
