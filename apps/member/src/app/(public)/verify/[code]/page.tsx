import { Card, KeyValue, PageColumn, Status } from '@interdomestik/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { caller, needed } from '~/server/caller';
import { show } from '~/server/show';
import { siteFacts } from '~/server/site';
import { site } from '~/server/viewer';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('member.verify'))('title'), robots: { index: false } };
}

/** Says whether a card holds, to whoever scanned it; nothing of the person. */
export default async function Verify({ params }: { params: Promise<{ code: string }> }) {
  await site();
  const { code } = await params;
  const [t, common, f, facts, card] = await Promise.all([
    getTranslations('member.verify'), getTranslations('common.fields'), show(), siteFacts(), needed((await caller()).cards.verify({ code })),
  ]);
  return (
    <PageColumn width="text">
      <h1 className="text-page">{card.status === 'paused' ? t('paused') : t(card.status === 'valid' ? 'valid' : card.status === 'expired' ? 'expired' : 'invalid')}</h1>
      <p className="mt-2 max-w-prose text-ink-muted">{card.status === 'valid' ? t('validHelp', { name: facts.name }) : card.status === 'paused' ? t('pausedHelp') : card.status === 'expired' ? t('expiredHelp') : t('invalidHelp', { phone: facts.branding.supportPhone })}</p>
      {card.status === 'invalid' ? null : (
        <Card className="mt-6 max-w-md" footer={<p className="text-note text-ink-muted">{t('noPersonalData')}</p>}>
          <Status tone={card.valid ? 'success' : 'neutral'}>{card.valid ? t('statusValid') : card.status === 'paused' ? t('statusPaused') : t('statusExpired')}</Status>
          <KeyValue
            className="mt-2"
            items={[
              { label: common('plan'), value: card.planTitle },
              { label: common('memberNumber'), value: <span className="figures">{card.memberNumberMasked}</span> },
              { label: common('validUntil'), value: <span className="figures">{card.validUntil === null ? '' : f.lastDay(card.validUntil)}</span> },
            ]}
          />
        </Card>
      )}
    </PageColumn>
  );
}
