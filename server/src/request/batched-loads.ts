import DataLoader from 'dataloader';
import type { RequestContext } from './request-context';

/**
 * A load that gathers what the fields of one request ask for at the same time, and reads all of it at once.
 * Nothing is kept: a mutation of the same request may change it.
 * @param readAll answers the values of these keys, each of which is there once
 * @returns the load, which answers null for a key without a value
 */
export function batchedLoad<Context extends RequestContext, Key, Value>(
  readAll: (context: Context, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
  { maximumKeys = Infinity }: { readonly maximumKeys?: number } = {},
): (context: Context, key: Key) => Promise<Value | null> {
  const loaders = new WeakMap<Context, DataLoader<Key, Value | null>>();
  return (context, key) => {
    let loader = loaders.get(context);
    if (!loader) {
      const readBatch = async (keys: readonly Key[]) => {
        const values = await readAll(context, [...new Set(keys)]);
        return keys.map((each) => values.get(each) ?? null);
      };
      loader = new DataLoader(readBatch, { cache: false, maxBatchSize: maximumKeys });
      loaders.set(context, loader);
    }
    return loader.load(key);
  };
}
