import type { OperationVariables, TypedDocumentNode } from '@apollo/client/core';
import { untrack } from 'svelte';
import { client } from './client';

export interface LiveQuery<TData> {
  /** The newest complete answer; the one before stays while the next is loading. */
  readonly data: TData | undefined;
  /** True when `data` answers earlier variables than the present ones. */
  readonly stale: boolean;
  readonly loading: boolean;
  readonly error: unknown;
  readonly refetch: () => Promise<void>;
}

/** A query that follows its variables and the cache for as long as the component lives. */
export function liveQuery<TData, TVariables extends OperationVariables>(
  query: TypedDocumentNode<TData, TVariables>,
  variables: () => TVariables,
): LiveQuery<TData> {
  const observable = client.watchQuery<TData>({
    query,
    variables: untrack(variables),
    fetchPolicy: 'cache-and-network',
  });

  let data = $state.raw<TData>();
  let answered = $state.raw<OperationVariables>();
  let current = $state.raw<OperationVariables>(observable.variables);
  let loading = $state(true);
  let error = $state.raw<unknown>();

  $effect(() => {
    const subscription = observable.subscribe((result) => {
      current = observable.variables;
      loading = result.loading;
      error = result.error;
      if (result.dataState !== 'complete') return;
      data = result.data;
      answered = current;
    });
    return () => subscription.unsubscribe();
  });

  $effect(() => {
    const next = variables();
    // Ignored here, because the subscription above receives the same failure and shows it.
    untrack(() => observable.setVariables(next)).catch(() => {});
  });

  return {
    get data() {
      return data;
    },
    get stale() {
      return answered !== current;
    },
    get loading() {
      return loading;
    },
    get error() {
      return error;
    },
    refetch: async () => {
      await observable.refetch().catch(() => {});
    },
  };
}
