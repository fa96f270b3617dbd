import type { ReactNode } from 'react';

/** One piece of the gallery under its name. */
export function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name} className="border-t py-8">
      <h2 className="mb-4 text-section">{name}</h2>
      {children}
    </section>
  );
}
