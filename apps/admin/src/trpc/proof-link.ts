import type { AppRouter } from '@interdomestik/api';
import type { TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { problemOf } from './errors';

/** Where it is asked who is at the screen: one question at a time, however many actions wait for its answer. */
export interface ProofDesk {
  /** Asks, or waits for the question that is open already. True: proven. */
  readonly ask: () => Promise<boolean>;
  /** Ends the open question for everybody who waits. */
  readonly answer: (proven: boolean) => void;
  readonly isOpen: () => boolean;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createProofDesk(): ProofDesk {
  const listeners = new Set<() => void>();
  let question: { readonly promise: Promise<boolean>; readonly resolve: (proven: boolean) => void } | null = null;
  const tell = () => { for (const listener of listeners) listener(); };
  return {
    ask: async () => {
      if (question === null) {
        let resolve: (proven: boolean) => void = () => undefined;
        question = { promise: new Promise<boolean>((done) => { resolve = done; }), resolve };
        tell();
      }
      return await question.promise;
    },
    answer: (proven) => {
      const asked = question;
      question = null;
      asked?.resolve(proven);
      tell();
    },
    isOpen: () => question !== null,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
  };
}

/** The one of this tab. */
export const proofDesk = createProofDesk();

/**
 * An action that is refused because the last proof of who is at the screen is too old asks for a new one and is sent once more. When that is
 * cancelled, the refusal goes to whoever began the action. Queries never ask: nobody pressed anything.
 */
export function proofLink(desk: ProofDesk = proofDesk): TRPCLink<AppRouter> {
  return () => ({ next, op }) => observable((observer) => {
    let left = false;
    let sent = { unsubscribe: () => undefined as void };
    const send = (mayAsk: boolean) => {
      sent = next(op).subscribe({
        next: (value) => observer.next(value),
        complete: () => observer.complete(),
        error: (refusal) => {
          if (!mayAsk || problemOf(refusal)?.messageKey !== 'errors.session.reauthenticate') {
            observer.error(refusal);
            return;
          }
          void desk.ask().then((proven) => {
            if (left) return;
            if (proven) send(false);
            else observer.error(refusal);
          });
        },
      });
    };
    send(op.type === 'mutation');
    return () => {
      left = true;
      sent.unsubscribe();
    };
  });
}
