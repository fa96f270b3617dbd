import type { RuleKind } from '@interdomestik/rules/rule-sets';
import type { ComponentType } from 'react';
import { SimulationPanel } from '../_simulation/simulation-panel';
import type { RuleEditor } from './editor';
import { BrandingEditor } from './kinds/branding-editor';
import { EnrolmentEditor, GovernanceEditor, LanguagesEditor, RetentionEditor } from './kinds/house-editors';
import { LimitsEditor } from './kinds/limits-editor';
import { CommissionsEditor } from './kinds/money-editors';
import { NotificationsEditor } from './kinds/notifications-editor';
import { PaymentsEditor } from './kinds/payments-editor';
import { TaxEditor } from './kinds/tax-editor';
import { InvoicingEditor } from './invoicing/invoicing-editor';
import { LegalDifference } from './legal/legal-difference';
import { LegalEditor } from './legal/legal-editor';
import { WorkflowsEditor } from './workflows/workflows-editor';
import { ProductsEditor } from './products/products-editor';
import type { DifferenceProps, TrialProps } from './plugs';

type Editors = { readonly [K in RuleKind]: RuleEditor<K> | null };

/** The editor of every kind; null: shown in words only, by its read-only view. */
export const editors: Editors = {
  products: ProductsEditor,
  tax: TaxEditor,
  invoicing: InvoicingEditor,
  payments: PaymentsEditor,
  commissions: CommissionsEditor,
  enrolment: EnrolmentEditor,
  workflows: WorkflowsEditor,
  limits: LimitsEditor,
  legal: LegalEditor,
  notifications: NotificationsEditor,
  branding: BrandingEditor,
  languages: LanguagesEditor,
  retention: RetentionEditor,
  governance: GovernanceEditor,
};

/** Kinds whose differences need more than lines of before and after. */
export const differenceViews: { readonly [K in RuleKind]?: ComponentType<DifferenceProps<K>> } = { legal: LegalDifference };

/** Where a draft is tried on the past; null: nowhere yet. */
export const TrialPanel: ComponentType<TrialProps> | null = SimulationPanel;
