import { TRPCClientError, createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '@interdomestik/api';
import { describe, expect, it } from 'vitest';
import { createProofDesk, proofLink } from './proof-link';

const refusal = (messageKey: string) => {
  const error = new TRPCClientError<AppRouter>(messageKey);
  return Object.assign(error, { data: { error: { code: 'FORBIDDEN', messageKey, params: {}, field: null, fields: {}, requestId: '' } } });
};

/** A client whose server gives these answers, one after the other: a message key is a refusal. */
function clientFor(answers: string[]) {
  const desk = createProofDesk();
  const sent: string[] = [];
  const server: TRPCLink<AppRouter> = () => ({ op }) => observable((observer) => {
    sent.push(op.path);
    const answer = answers.shift() ?? 'ok';
    if (answer.startsWith('errors.')) observer.error(refusal(answer));
    else {
      observer.next({ result: { type: 'data', data: answer } });
      observer.complete();
    }
  });
  return { desk, sent, client: createTRPCClient<AppRouter>({ links: [proofLink(desk), server] }) };
}

const asked = 'errors.session.reauthenticate';
const soon = () => new Promise((resolve) => { setTimeout(resolve, 0); });

describe('S-07 an action that needs a fresh proof', () => {
  it('asks, and is sent once more when it was given', async () => {
    const { desk, sent, client } = clientFor([asked, 'done']);
    const action = client.secondFactor.remove.mutate();
    await soon();
    expect(desk.isOpen()).toBe(true);
    desk.answer(true);
    await expect(action).resolves.toBe('done');
    expect(desk.isOpen()).toBe(false);
    expect(sent).toHaveLength(2);
  });

  it('ends with the refusal when the question is cancelled, and asks no second time', async () => {
    const { desk, client } = clientFor([asked, asked, asked]);
    const cancelled = client.secondFactor.remove.mutate();
    await soon();
    desk.answer(false);
    await expect(cancelled).rejects.toMatchObject({ message: asked });
    const again = client.secondFactor.remove.mutate();
    await soon();
    desk.answer(true);
    await expect(again).rejects.toMatchObject({ message: asked });
    expect(desk.isOpen()).toBe(false);
  });

  it('shares one question with every other one of the moment', async () => {
    const { desk, sent, client } = clientFor([asked, asked, 'one', 'two']);
    let changes = 0;
    desk.subscribe(() => { changes += 1; });
    const both = [client.secondFactor.remove.mutate(), client.accounts.endOtherSessions.mutate()];
    await soon();
    desk.answer(true);
    expect(await Promise.all(both)).toEqual(['one', 'two']);
    expect({ changes, sent }).toEqual({ changes: 2, sent: ['secondFactor.remove', 'accounts.endOtherSessions', 'secondFactor.remove', 'accounts.endOtherSessions'] });
  });

  it('asks neither for a query nor for any other refusal', async () => {
    const { desk, client } = clientFor([asked, 'errors.forbidden']);
    await expect(client.accounts.profile.query()).rejects.toMatchObject({ message: asked });
    await expect(client.secondFactor.remove.mutate()).rejects.toMatchObject({ message: 'errors.forbidden' });
    expect(desk.isOpen()).toBe(false);
  });
});
