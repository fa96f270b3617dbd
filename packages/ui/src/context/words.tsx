'use client';
import { createContext, use } from 'react';
import type { ReactNode } from 'react';
import type { UiWords } from './word-keys';

const Words = createContext<UiWords | null>(null);

/** Gives every component below its built-in words. Stands once, near the root of each app. */
export function UiWordsProvider({ words, children }: { words: UiWords; children: ReactNode }) {
  return <Words value={words}>{children}</Words>;
}

/** The built-in words. Throws when no provider stands above: silence would leave buttons without a name. */
export function useWords(): UiWords {
  const words = use(Words);
  if (!words) throw new Error('UiWordsProvider is missing above this component');
  return words;
}
