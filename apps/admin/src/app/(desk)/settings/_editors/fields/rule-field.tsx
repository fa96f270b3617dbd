'use client';
import { cn, Field } from '@interdomestik/ui';
import type { ReactNode } from 'react';
import { fieldId, useRuleValue } from './field-life';

export interface RuleFieldProps {
  /** Where in the document the value stands: `login.attempts`. */
  readonly path: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly optional?: boolean | undefined;
  readonly className?: string | undefined;
}

/** A field of a rule: name, control, what is wrong, and beside the name why it has its value. */
export function RuleField({ path, label, help, optional, className, group, children }: RuleFieldProps & { readonly group?: boolean | undefined; readonly children: ReactNode }) {
  const { error, beside } = useRuleValue(path);
  return (
    <div className={cn('relative min-w-0', className)}>
      <Field id={fieldId(path)} label={<span className={beside === null ? undefined : 'block pr-9'}>{label}</span>} help={help} error={error} optional={optional} group={group}>{children}</Field>
      {beside === null ? null : <div className="absolute -top-1.5 right-0 flex items-center gap-1">{beside(path, label)}</div>}
    </div>
  );
}
