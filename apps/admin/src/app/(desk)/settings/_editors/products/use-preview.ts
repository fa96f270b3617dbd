'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/** The value after it has stood still for a moment, so that not every keystroke asks the server. */
export function useSettled<T>(value: T, ms = 500): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** Asks the server what a document that is being written would do; the last answer stays until the next one is there. */
export function usePreview<Input, Answer>(name: string, input: Input, ask: (input: Input) => Promise<Answer>) {
  const settled = useSettled(input);
  return useQuery({ queryKey: ['preview', name, settled], queryFn: () => ask(settled), placeholderData: keepPreviousData, retry: false });
}
