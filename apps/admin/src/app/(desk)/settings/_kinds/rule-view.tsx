import { parseRule, type RuleKind } from '@interdomestik/rules/rule-sets';
import { BrandingView, EnrolmentView, GovernanceView, LanguagesView, LimitsView, NotificationsView, RetentionView } from './house-rules';
import { LegalView } from './legal-view';
import { CommissionsView, InvoicingView, PaymentsView, TaxView } from './money-rules';
import { ProductsView } from './products-view';
import { sayer } from './sayer';
import { WorkflowsView } from './workflows-view';

/** A rule document in words. `value` is its stored form. */
export async function RuleView({ kind, value, timeZone }: { kind: RuleKind; value: unknown; timeZone: string }) {
  const say = await sayer(timeZone);
  switch (kind) {
    case 'products': return <ProductsView rule={parseRule(kind, value)} say={say} />;
    case 'tax': return <TaxView rule={parseRule(kind, value)} say={say} />;
    case 'invoicing': return <InvoicingView rule={parseRule(kind, value)} say={say} />;
    case 'payments': return <PaymentsView rule={parseRule(kind, value)} say={say} />;
    case 'commissions': return <CommissionsView rule={parseRule(kind, value)} say={say} />;
    case 'enrolment': return <EnrolmentView rule={parseRule(kind, value)} say={say} />;
    case 'workflows': return <WorkflowsView rule={parseRule(kind, value)} say={say} />;
    case 'limits': return <LimitsView rule={parseRule(kind, value)} say={say} />;
    case 'legal': return <LegalView rule={parseRule(kind, value)} say={say} />;
    case 'notifications': return <NotificationsView rule={parseRule(kind, value)} say={say} />;
    case 'branding': return <BrandingView rule={parseRule(kind, value)} say={say} />;
    case 'languages': return <LanguagesView rule={parseRule(kind, value)} say={say} />;
    case 'retention': return <RetentionView rule={parseRule(kind, value)} say={say} />;
    case 'governance': return <GovernanceView rule={parseRule(kind, value)} say={say} />;
  }
}
