import { useRef } from 'react';
import { newId } from '@interdomestik/rules/ids';

/**
 * The idempotency key of what is asked: the same question once more, because the button was pressed twice or its answer was lost, carries the
 * same key and is answered as before; another question is another thing and gets another one.
 */
export function useAskedOnce(): (question: unknown) => string {
  const last = useRef({ question: '', key: '' });
  return (question) => {
    const text = JSON.stringify(question, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
    if (last.current.question !== text) last.current = { question: text, key: newId() };
    return last.current.key;
  };
}
