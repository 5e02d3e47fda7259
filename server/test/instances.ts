import { startService, type TestService } from './harness';

/** One more instance of the service on the same database. Its clock is its own. */
export function startAnotherInstance({ config }: TestService): Promise<TestService> {
  return startService({
    database: config.database,
    addressLimits: config.addressLimits,
    trustedProxies: config.trustedProxies,
  });
}
