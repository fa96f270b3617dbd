'use client';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { Toaster as Sonner, toast } from 'sonner';
import { useWords } from '../context/words';

/** Where short messages appear. Stands once in each app's layout. */
export function Toaster() {
  const words = useWords();
  return (
    <Sonner
      position="bottom-center"
      offset={24}
      mobileOffset={{ bottom: 84 }}
      containerAriaLabel={words.notifications}
      duration={7000}
      icons={{
        success: <CircleCheck className="size-5 text-success" />,
        error: <CircleAlert className="size-5 text-danger" />,
        warning: <TriangleAlert className="size-5 text-warning" />,
        info: <Info className="size-5 text-info" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          // an open dialog takes the pointer from all that is not its own
          toast: 'pointer-events-auto flex w-full items-center gap-3 rounded-control border bg-raised px-4 py-3 text-ink shadow-float text-body font-sans sm:w-96',
          title: 'font-semibold',
          description: 'text-note text-ink-muted',
          content: 'min-w-0 flex-1',
          actionButton: 'min-h-control-small shrink-0 rounded-control border border-line-strong px-3 font-semibold text-ink hover:bg-sunken',
        },
      }}
    />
  );
}

/** Says that something was done and offers to undo it. For acts that can be undone, instead of asking first. */
export function toastUndo(message: string, undoLabel: string, undo: () => void): void {
  toast.success(message, { duration: 10_000, action: { label: undoLabel, onClick: undo } });
}

export { toast };
