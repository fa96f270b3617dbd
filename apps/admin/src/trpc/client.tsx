'use client';
import type { AppRouter } from '@interdomestik/api';
import { toast } from '@interdomestik/ui';
import { MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { httpBatchLink } from '@trpc/client';
import { createTRPCReact } from '@trpc/react-query';
import { useState, type ReactNode } from 'react';
import superjson from 'superjson';
import { problemOf, useErrorText } from './errors';
import { proofLink } from './proof-link';

/** Typed hooks for client components: `trpc.claims.submit.useMutation()`. */
export const trpc = createTRPCReact<AppRouter>();

const worthRepeating = (error: unknown): boolean => {
  const code = problemOf(error)?.code;
  return code === undefined || code === 'UNAVAILABLE';
};

interface TrpcProviderProps {
  /** Tenant and person of this page. A change of either starts from an empty memory. */
  readonly identity: string;
  readonly children: ReactNode;
}

/** Gives everything below the typed hooks. An error that no form shows itself becomes a toast. */
export function TrpcProvider({ identity, children }: TrpcProviderProps) {
  return <Clients key={identity} identity={identity}>{children}</Clients>;
}

function Clients({ identity, children }: TrpcProviderProps) {
  const errorText = useErrorText();
  const [queryClient] = useState(() => new QueryClient({
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        if (mutation.options.onError === undefined && mutation.meta?.['quiet'] !== true) toast.error(errorText(error));
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && worthRepeating(error),
        // tenant and person are part of every key, so no answer is ever shown to another one; keys may hold bigint and Date
        queryKeyHashFn: (key) => `${identity} ${superjson.stringify(key)}`,
      },
      mutations: { retry: false },
    },
  }));
  const [trpcClient] = useState(() => trpc.createClient({
    links: [proofLink(), httpBatchLink({ url: '/api/trpc', transformer: superjson, maxItems: 10, maxURLLength: 4000 })],
  }));
  return (
    <trpc.Provider client={trpcClient} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}
