import { caller, needed } from '@/server/caller';
import { MailView } from './mail-view';

export default async function MailPage({ params }: { params: Promise<{ id: string }> }) {
  const mail = await needed((await caller()).mailbox.get({ id: (await params).id }));
  return <MailView key={mail.id} mail={mail} />;
}
