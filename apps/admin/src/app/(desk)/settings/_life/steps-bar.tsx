'use client';
import { Steps } from '@interdomestik/ui';
import { useTranslations } from 'next-intl';
import { currentStep, stepsOf, type Standing } from './steps';

// i18n-keys: settings.life.steps.*
/** How far a draft has come. */
export function StepsBar({ standing }: { standing: Standing }) {
  const t = useTranslations('settings.life.steps');
  const steps = stepsOf(standing);
  return <Steps steps={steps.map((step) => ({ label: t(step) }))} current={steps.indexOf(currentStep(standing))} />;
}
