import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
// check-allow import-table: only tests load this folder, and they need the service's other side
import { startEfaktura, type NextAnswer } from '@interdomestik/simulators';
import { useTestSettings } from './settings';

/** A document as the simulated service keeps it. */
export interface KeptAtService {
  readonly key: string;
  readonly number: string;
  readonly status: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The simulated clearing service, seen from outside. */
export interface EfakturaControl {
  /** What the next documents meet. */
  readonly next: (answers: readonly NextAnswer[]) => Promise<void>;
  readonly decide: (key: string, reason?: string) => Promise<void>;
  readonly documents: () => Promise<KeptAtService[]>;
}

/** Starts a clearing service that knows the keys, and lets the services speak to it. Call it after `useWorld`. */
export function useEfaktura(keys: readonly string[]): EfakturaControl {
  const dataDir = mkdtempSync(join(tmpdir(), 'efaktura-'));
  let base = '';
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const simulator = await startEfaktura({ port: 0, dataDir, keys });
    stop = () => simulator.close();
    base = `http://127.0.0.1:${String(simulator.port)}`;
    useTestSettings({ EFAKTURA_API_BASE: base });
  });
  afterAll(async () => {
    await stop?.();
    useTestSettings({ EFAKTURA_API_BASE: undefined });
    rmSync(dataDir, { recursive: true, force: true });
  });
  const post = async (what: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${base}/_control/${what}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`the simulator did not understand ${what}`);
  };
  return {
    next: (answers) => post('next', answers),
    decide: (key, reason) => post('decide', { key, ...(reason === undefined ? {} : { reason }) }),
    documents: async () => (await (await fetch(`${base}/_control/documents`)).json()) as KeptAtService[],
  };
}
