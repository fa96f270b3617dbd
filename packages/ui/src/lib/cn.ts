import { clsx } from 'clsx';
import type { ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['body', 'note', 'page', 'section'],
      radius: ['small', 'control', 'card'],
      shadow: ['float'],
      spacing: ['control', 'control-small'],
    },
  },
});

/** Joins class names; of two that set the same thing the last one wins. Knows the theme's own sizes. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
