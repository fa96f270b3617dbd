'use client';
import { Badge, Status, UiLink } from '@interdomestik/ui';
import { ArrowRight } from '@interdomestik/ui/icons';
import { useTranslations } from 'next-intl';
import { nextStepOf } from '~/lib/claim-next';
import { claimLook } from '~/lib/tones';
import { useShow } from '~/lib/use-show';
import type { Outputs } from '~/trpc/outputs';

export type OwnClaim = Outputs['claims']['mine'][number];

/** A claim in a list: what it is, how it stands, what comes next and by whom. */
export function ClaimRow({ claim }: { claim: OwnClaim }) {
  const t = useTranslations('member.claims');
  const common = useTranslations('common');
  const show = useShow();
  const next = nextStepOf(claim);
  return (
    <li>
      <UiLink
        href={claim.status === 'draft' ? `/claims/${claim.id}/edit` : `/claims/${claim.id}`}
        className="flex items-center gap-3 px-4 py-4 no-underline hover:bg-sunken focus-visible:-outline-offset-2 sm:px-5"
      >
        <span className="min-w-0 flex-1">
          {/* i18n-keys: common.claimCategories.*, common.statuses.claim.* */}
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-semibold">{common(`claimCategories.${claim.category}`)}</span>
            <Status {...claimLook[claim.status]}>{common(`statuses.claim.${claim.status}`)}</Status>
          </span>
          <span className="figures mt-0.5 block text-note text-ink-muted">
            {[claim.code, claim.counterparty, claim.incidentOn === null ? null : show.day(claim.incidentOn)].filter((part) => part !== null && part !== '').join(' · ')}
          </span>
          <span className="mt-1 flex flex-wrap items-baseline gap-x-2 text-note">
            {next.who === 'you' ? <Badge tone="warning">{t('who.you')}</Badge> : next.who === 'us' ? <Badge>{t('who.us')}</Badge> : null}
            {/* i18n-keys: member.claims.next.* */}
            <span>{t(`next.${next.key}`)}</span>
          </span>
        </span>
        <ArrowRight aria-hidden="true" className="size-4 shrink-0 text-ink-faint" />
      </UiLink>
    </li>
  );
}
