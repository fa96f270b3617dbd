'use client';
import { DataTable } from '@interdomestik/ui';
import type { ReactNode } from 'react';

interface SimpleTableProps {
  readonly label: string;
  readonly columns: readonly { readonly id: string; readonly header: string; readonly align?: 'end' | undefined; readonly width?: string | undefined }[];
  readonly rows: readonly { readonly key: string; readonly cells: Readonly<Record<string, ReactNode>> }[];
}

/** A table of ready cells, for server components, which cannot hand functions over. */
export function SimpleTable({ label, columns, rows }: SimpleTableProps) {
  return (
    <DataTable
      label={label}
      columns={columns.map((column) => ({ ...column, cell: (row: SimpleTableProps['rows'][number]) => row.cells[column.id] }))}
      rows={rows}
      rowKey={(row) => row.key}
      rowLabel={(row) => row.key}
      empty={null}
      className="[overflow-wrap:anywhere]"
    />
  );
}
