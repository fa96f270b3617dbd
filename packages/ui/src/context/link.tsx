'use client';
import { createContext, use } from 'react';
import type { ComponentProps, ElementType, ReactNode } from 'react';

const LinkComponent = createContext<ElementType>('a');

/** Gives every link below the app's own link component, such as Next's `Link`. Without it links are plain `<a>`. */
export function LinkProvider({ component, children }: { component: ElementType; children: ReactNode }) {
  return <LinkComponent value={component}>{children}</LinkComponent>;
}

/** An unstyled link through the app's link component. `href` is required. */
export function UiLink(props: ComponentProps<'a'> & { href: string }) {
  const Component = use(LinkComponent);
  return <Component {...props} />;
}
