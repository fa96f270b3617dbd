import { caller, needed } from '@/server/caller';
import { viewer } from '@/server/viewer';
import { Overview } from './_life/overview';

/** Every rule of the country at a glance, and what waits for somebody. */
export default async function SettingsPage() {
  await viewer('settings.read');
  return <Overview overview={await needed((await caller()).settings.overview())} />;
}
