import { describe, expect, it, vi } from 'vitest';
import { takeTurn } from './heavy';

/** Work that ends when it is told to. */
function held(log: string[], name: string) {
  let end: (error?: Error) => void = () => undefined;
  const gate = new Promise<void>((resolve, reject) => { end = (error) => { if (error === undefined) resolve(); else reject(error); }; });
  return { end: (error?: Error) => { end(error); }, work: async () => { log.push(`${name} begins`); await gate; log.push(`${name} ends`); } };
}
const settle = () => new Promise((resolve) => { setTimeout(resolve, 5); });

describe('heavy work', () => {
  it('begins when nothing light is at work, one after the other, and light work never waits', async () => {
    const log: string[] = [];
    const [payment, mail, paper, next] = [held(log, 'payment'), held(log, 'mail'), held(log, 'paper'), held(log, 'next paper')];
    const first = takeTurn(false, payment.work);
    const drawn = [takeTurn(true, paper.work), takeTurn(true, next.work)];
    await settle();
    expect(log).toEqual(['payment begins']);
    payment.end();
    await first;
    await settle();
    const sent = takeTurn(false, mail.work);
    await settle();
    expect(log).toEqual(['payment begins', 'payment ends', 'paper begins', 'mail begins']);
    paper.end();
    await settle();
    expect(log.at(-1)).toBe('paper ends');
    mail.end();
    await sent;
    await settle();
    next.end();
    await Promise.all(drawn);
    expect(log.slice(4)).toEqual(['paper ends', 'mail ends', 'next paper begins', 'next paper ends']);
  });

  it('goes on after one that hangs', async () => {
    vi.useFakeTimers();
    try {
      void takeTurn(true, () => new Promise<never>(() => undefined));
      const next = takeTurn(true, () => Promise.resolve('drawn'));
      await vi.advanceTimersByTimeAsync(61_000);
      await expect(next).resolves.toBe('drawn');
    } finally {
      vi.useRealTimers();
    }
  });

  it('goes on after one that failed', async () => {
    const log: string[] = [];
    const broken = held(log, 'broken');
    const failed = takeTurn(true, broken.work);
    broken.end(new Error('no paper'));
    await expect(failed).rejects.toThrow('no paper');
    await expect(takeTurn(true, () => Promise.resolve('drawn'))).resolves.toBe('drawn');
  });
});
